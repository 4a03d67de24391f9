package io.postgresloader.demo.benchmark;

import io.postgresloader.app.ExitCode;
import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.report.Figure;
import io.postgresloader.demo.data.SecurityLogSource;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What short commands cost, by the launcher where there is one, and without it. */
final class CommandsWork implements Work {
    private static final Cost NO_FLOOR = new Cost(Map.of());

    /** Few rows, since none of them is read. */
    private static final double PART = 0.001;

    private final Bench bench;
    private final Programme programme;
    private final Jobs jobs;
    private final List<InsideRunning> running = new ArrayList<>();
    private final List<WholeProcess> processes = new ArrayList<>();
    private Job job;

    CommandsWork(Bench bench, Programme programme, Jobs jobs) {
        this.bench = bench;
        this.programme = programme;
        this.jobs = jobs;
    }

    @Override
    public void prepare() throws Exception {
        job = jobs.securityLog("commands_" + SecurityLogSource.TABLE, PART);
        job.writeList();
        for (LoaderProgram loader : programme.loaders()) {
            // The loader that health asks.
            Map<String, String> settings = Map.of("MANAGEMENT_PORT", String.valueOf(Ports.free()));
            InsideRunning run = new InsideRunning(bench, loader, job, settings);
            running.add(run);
            run.prepare();
            add(loader, settings);
            if (loader.byLauncher()) {
                add(loader.byJava(), settings);
            }
        }
    }

    private void add(LoaderProgram loader, Map<String, String> settings) throws Exception {
        WholeProcess process = new WholeProcess(bench, loader, job, settings);
        processes.add(process);
        process.prepare();
        process.load();
    }

    @Override
    public void round(int round) throws Exception {
        for (WholeProcess process : processes) {
            report("once, one unchanged table", process, process.load());
            for (List<String> command : List.of(List.of("--version"), List.of("status"), List.of("health"))) {
                String name = command.get(0);
                report(name.replace("--", ""), process, process.cost(ExitCode.DONE, name));
            }
        }
    }

    private void report(String work, Subject subject, Cost cost) {
        bench.report(new Figure.Name(job.engine(), work, subject.program()), job.rows(), cost, NO_FLOOR);
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
