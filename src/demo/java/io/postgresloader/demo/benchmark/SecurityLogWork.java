package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.data.SecurityLogSource;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** The workloads on the largest table of a practice. */
final class SecurityLogWork implements Work {
    private static final long ROWS = 3_696_927;
    private static final long CHANGED_ROWS = 86_870;

    private final Bench bench;
    private final Programme programme;
    private final JobRun run;
    private final SecurityLogSource table;

    SecurityLogWork(Bench bench, Programme programme, String engine) {
        this.bench = bench;
        this.programme = programme;
        run = new JobRun(
                bench,
                new Job(
                        SecurityLogSource.TABLE,
                        engine,
                        List.of(SecurityLogSource.TABLE),
                        programme.rows(ROWS),
                        "{incremental_columns: [LogDateTime], lookback: 1h, schedule: 3650d, reconcile: off}"),
                programme);
        table = new SecurityLogSource(bench.source(), run.job().source());
    }

    @Override
    public void prepare() throws Exception {
        bench.say("Making " + run.job().rows() + " rows of securitylog, "
                + run.job().engine());
        bench.recreateSource(run.job().source());
        table.create(run.job().engine(), run.job().rows());
        run.prepare();
    }

    @Override
    public void round(int round) throws Exception {
        table.age();
        run.begin(round);
        if (programme.has(Workload.FIRST_LOAD)) {
            run.contenders("first load of securitylog");
        }
        run.firstLoads("first load of securitylog", programme.has(Workload.FIRST_LOAD));
        if (programme.has(Workload.INCREMENT) || programme.has(Workload.AGAIN)) {
            increment(round);
        }
        if (programme.has(Workload.VERIFY)) {
            verify();
        }
    }

    private void increment(int round) throws Exception {
        long changed = programme.rows(CHANGED_ROWS);
        table.change(changed, round);
        run.each("increment of " + changed + " rows", changed, Subject::load);
        if (programme.has(Workload.AGAIN)) {
            run.each("the same again, unchanged", changed, Subject::load);
        }
    }

    private void verify() throws Exception {
        PlantedDifferences planted = new PlantedDifferences(run.job().rows());
        run.each(
                "verify, " + planted.count() + " planted differences", run.job().rows(), subject -> {
                    bench.execute(subject.database(), planted.statements());
                    Subject.Comparison comparison = subject.verify();
                    String found = comparison.found() + " of " + planted.count() + " planted differences found";
                    bench.results().note(subject.program() + ": " + found);
                    return comparison.cost();
                });
    }

    @Override
    public void close() throws SQLException, IOException {
        run.close();
    }
}
