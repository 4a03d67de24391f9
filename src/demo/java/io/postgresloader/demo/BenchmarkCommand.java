package io.postgresloader.demo;

import io.postgresloader.app.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "benchmark",
        description = {
            "Measures loads, increments, verify and analyze against a plain COPY of the same rows, on its own"
                    + " MariaDB and PostgreSQL.",
            "Takes some minutes with the default number of rows.",
            "Compares several versions of the loader in one run, alternately, if --jar is given several times."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  mvn -q -DskipTests package",
            "  mvn -q compile exec:java -Dexec.args=\"benchmark --rows 500000 --runs 1\"",
            "  mvn -q compile exec:java -Dexec.args=\"benchmark --jar target/postgres-loader.jar"
                    + " --jar ../old/target/postgres-loader.jar\""
        })
final class BenchmarkCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "3696927",
            description = "Rows of the securitylog table (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "Runs of each figure (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--jar",
            paramLabel = "FILE[:ROUTES]",
            defaultValue = "target/postgres-loader.jar",
            converter = BenchmarkJar.Converter.class,
            description = {
                "A loader to measure, run with -Xmx256m, and the directory of its route files; may be repeated"
                        + " (default: ${DEFAULT-VALUE}).",
                "Without ROUTES: the directory routes of the checkout in whose target the jar is, if there is one,"
                        + " otherwise that of this checkout. A loader runs in the directory that contains its routes,"
                        + " and reads config/application.properties there."
            })
    private List<BenchmarkJar> jars;

    @Override
    public Integer call() throws Exception {
        Optional<String> problem =
                jars.stream().flatMap(jar -> jar.problem().stream()).findFirst();
        if (problem.isPresent()) {
            spec.commandLine().getErr().println(problem.get());
            return ExitCode.CONFIGURATION;
        }
        try (Benchmark benchmark = new Benchmark(spec.commandLine().getOut(), jars, rows)) {
            benchmark.run(runs);
            return ExitCode.DONE;
        }
    }
}
