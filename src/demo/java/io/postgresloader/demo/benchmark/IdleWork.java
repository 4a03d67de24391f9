package io.postgresloader.demo.benchmark;

import io.postgresloader.app.ExitCode;
import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.measure.Quantity;
import io.postgresloader.demo.benchmark.report.Figure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the loader costs when nothing has changed in as many tables as a practice has. */
final class IdleWork implements Work {
    private static final Cost NO_FLOOR = new Cost(Map.of());

    /** Few rows, since none of them is read. */
    private static final double SCALE = 0.002;

    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final int CYCLES = 2;

    private final Bench bench;
    private final Programme programme;
    private final Jobs jobs;
    private final List<WholeProcess> processes = new ArrayList<>();
    private final List<InsideRunning> running = new ArrayList<>();
    private Job job;

    IdleWork(Bench bench, Programme programme, Jobs jobs) {
        this.bench = bench;
        this.programme = programme;
        this.jobs = jobs;
    }

    @Override
    public void prepare() throws Exception {
        job = jobs.tables("idle", SCALE, "{schedule: " + PERIOD.toSeconds() + "s, reconcile: off}");
        job.writeList();
        for (LoaderProgram loader : programme.loaders()) {
            WholeProcess process = new WholeProcess(bench, loader, job, Map.of());
            processes.add(process);
            process.prepare();
            process.load();
            InsideRunning run = new InsideRunning(bench, loader, job, Map.of());
            running.add(run);
            run.prepare();
        }
        // From its second cycle on, a loader knows what the source said when nothing changed.
        Thread.sleep(PERIOD.plusSeconds(1).toMillis());
    }

    @Override
    public void round(int round) throws Exception {
        for (WholeProcess process : processes) {
            report("once, " + Jobs.TABLES + " unchanged tables", process.program(), process.load());
        }
        for (InsideRunning run : running) {
            Cost cycles = run.meanwhile(PERIOD.multipliedBy(CYCLES));
            report("a cycle over " + Jobs.TABLES + " unchanged tables", run.program(), cycle(cycles));
        }
        String list = bench.file("analyzed.yml").toString();
        for (WholeProcess process : processes) {
            Cost cost = process.cost(ExitCode.DONE, "analyze", "--force", "--output", list);
            report("analyze, " + Jobs.TABLES + " tables", process.program(), cost);
        }
    }

    /** One of the cycles. The seconds say only how long was waited. */
    private static Cost cycle(Cost cycles) {
        return cycles.dividedBy(CYCLES).without(Quantity.SECONDS);
    }

    private void report(String work, String program, Cost cost) {
        bench.report(new Figure.Name(job.engine(), work, program), job.rows(), cost, NO_FLOOR);
    }

    @Override
    public void close() throws SQLException, IOException {
        for (InsideRunning run : running) {
            run.drop();
        }
        for (WholeProcess process : processes) {
            process.drop();
        }
    }
}
