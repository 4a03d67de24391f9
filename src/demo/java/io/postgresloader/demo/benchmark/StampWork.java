package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.data.SecurityLogSource;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the row stamps cost: the same loads with them and without. */
final class StampWork implements Work {
    private final Bench bench;
    private final Programme programme;
    private final Jobs jobs;
    private final List<JobRun> runs = new ArrayList<>();

    StampWork(Bench bench, Programme programme, Jobs jobs) {
        this.bench = bench;
        this.programme = programme;
        this.jobs = jobs;
    }

    @Override
    public void prepare() throws Exception {
        add("stamped", "_loaded_at");
        add("unstamped", "off");
    }

    private void add(String name, String column) throws Exception {
        JobRun run = new JobRun(bench, jobs.securityLog(name, 1, "loaded_at_column: " + column + ", "), programme);
        runs.add(run);
        run.prepare();
    }

    @Override
    public void round(int round) throws Exception {
        for (JobRun run : runs) {
            String with = run == runs.get(0) ? "with row stamps" : "without row stamps";
            SecurityLogSource table =
                    new SecurityLogSource(bench.source(), run.job().source());
            table.age();
            run.begin(round);
            run.firstLoads("first load " + with);
            long changed = jobs.rows(SecurityLogWork.CHANGED_ROWS);
            table.change(changed, round);
            Thread.sleep(SecurityLogWork.SETTLED.toMillis());
            run.each("increment of " + changed + " rows " + with, changed, Subject::load);
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        for (JobRun run : runs) {
            run.close();
        }
    }
}
