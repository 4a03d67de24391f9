package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.data.SecurityLogSource;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** The workloads on the largest table of a practice. Each round begins with a first load, and ends with a comparison. */
final class SecurityLogWork implements Work {
    private static final String FIRST_LOAD = "first load of securitylog";
    static final long CHANGED_ROWS = 86_870;
    private static final long LOOKBACK_ROWS = 100_000;

    /** A load reads a table once more if a change was less than two seconds old when it began. */
    static final Duration SETTLED = Duration.ofSeconds(3);

    private final Bench bench;
    private final Programme programme;
    private final Jobs jobs;
    private JobRun run;
    private SecurityLogSource table;

    SecurityLogWork(Bench bench, Programme programme, Jobs jobs) {
        this.bench = bench;
        this.programme = programme;
        this.jobs = jobs;
    }

    @Override
    public void prepare() throws Exception {
        run = new JobRun(bench, jobs.securityLog(SecurityLogSource.TABLE, 1), programme);
        table = new SecurityLogSource(bench.source(), run.job().source());
        run.prepare();
    }

    @Override
    public void round(int round) throws Exception {
        table.age();
        run.begin(round);
        if (programme.has(Workload.FIRST_LOAD)) {
            run.contenders(FIRST_LOAD);
            run.firstLoads(FIRST_LOAD);
        } else {
            run.loadAll();
        }
        if (programme.has(Workload.INCREMENT) || programme.has(Workload.AGAIN)) {
            increment(round);
        }
        if (programme.has(Workload.LOOKBACK)) {
            lookback();
        }
        if (programme.has(Workload.FULL)) {
            full(round);
        }
        if (programme.has(Workload.VERIFY)) {
            verify();
        }
    }

    private void increment(int round) throws Exception {
        long changed = jobs.rows(CHANGED_ROWS);
        table.change(changed, round);
        Thread.sleep(SETTLED.toMillis());
        run.each("increment of " + changed + " rows", changed, Subject::load);
        if (programme.has(Workload.AGAIN)) {
            run.each("the same again, unchanged", changed, Subject::load);
        }
    }

    /** One changed row makes the loader read, and the lookback has many that it has loaded already. */
    private void lookback() throws Exception {
        long rows = jobs.rows(LOOKBACK_ROWS);
        table.fillLookback(rows);
        for (Subject subject : run.subjects()) {
            subject.load();
        }
        table.fillLookback(rows + 1);
        run.each("one changed row, " + rows + " unchanged ones in the lookback", rows, Subject::load);
    }

    private void full(int round) throws Exception {
        long changed = run.job().rows() / 100;
        table.edit(changed, round);
        run.each("full load by difference, 1 % changed", run.job().rows(), Subject::loadFull);
    }

    private void verify() throws Exception {
        PlantedDifferences planted = new PlantedDifferences(run.job().rows());
        run.each(
                "verify, " + planted.count() + " planted differences", run.job().rows(), subject -> {
                    bench.execute(subject.database(), planted.statements());
                    bench.settle(subject.database());
                    Subject.Comparison comparison = subject.verify();
                    bench.results()
                            .note(subject.program() + ": " + comparison.found() + " of " + planted.count()
                                    + " planted differences found");
                    return comparison.cost();
                });
    }

    @Override
    public void close() throws SQLException, IOException {
        if (run != null) {
            run.close();
        }
    }
}
