package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.benchmark.report.ConsoleReport;
import io.postgresloader.demo.benchmark.report.JsonReport;
import io.postgresloader.demo.benchmark.report.Machine;
import io.postgresloader.demo.benchmark.report.MarkdownReport;
import io.postgresloader.demo.benchmark.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;

/** One run of the benchmark: all works, one after the other, and the files with the figures. */
public final class BenchmarkRun {
    private final PrintWriter out;
    private final Programme programme;
    private final Path output;
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Map<String, String> setup = Machine.properties();

    /** @param output the directory for the files */
    public BenchmarkRun(PrintWriter out, Programme programme, Path output) {
        this.out = out;
        this.programme = programme;
        this.output = output;
    }

    /** Measures, and keeps what was measured even if a later work fails. */
    public void run() throws Exception {
        try (Bench bench = new Bench(out, programme.source())) {
            describe(bench);
            leaveOutMissing(bench);
            for (String engine : programme.engines()) {
                for (Work work : new Works(bench, programme, engine).all()) {
                    measure(bench, work);
                }
            }
            out.print(ConsoleReport.text(report(bench)));
            bench.say("Written: " + output.resolve("results.md") + " and results.json; plots of sizes: *.svg");
        }
    }

    private void measure(Bench bench, Work work) throws Exception {
        try (work) {
            work.prepare();
            for (int round = 1; round <= programme.rounds(); round++) {
                bench.say("Round " + round + " of " + programme.rounds());
                work.round(round);
                write(report(bench));
            }
        }
    }

    /** Other programs that this machine does not have are named, and not measured. */
    private void leaveOutMissing(Bench bench) {
        for (Contender contender : programme.others()) {
            contender.missing().ifPresent(reason -> bench.results()
                    .note(contender.program() + " was not measured: " + reason));
        }
    }

    private void describe(Bench bench) throws SQLException {
        setup.put("source", bench.sourceVersion());
        setup.put("target", "PostgreSQL " + bench.target().version());
        setup.put("scale", String.valueOf(programme.scale()));
        setup.put(
                "loader",
                programme.loaders().stream().map(BenchmarkRun::describe).collect(Collectors.joining("; ")));
    }

    private static String describe(LoaderProgram loader) {
        return loader.label() + loader.jar().getFileName() + ", started by " + loader.start();
    }

    private Report report(Bench bench) {
        return new Report(
                start,
                setup,
                programme.rounds(),
                bench.results().figures(),
                bench.results().notes());
    }

    private void write(Report report) throws IOException {
        Files.createDirectories(output);
        Files.write(output.resolve("results.md"), MarkdownReport.lines(report));
        Files.writeString(output.resolve("results.json"), JsonReport.text(report));
        SizePlots.write(Works.sizes(report.figures()), output);
    }
}
