package io.postgresloader.demo;

import io.postgresloader.app.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "Takes some minutes with the default number of rows."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  mvn -q -DskipTests package",
            "  mvn -q compile exec:java -Dexec.args=\"benchmark --rows 500000 --runs 1\""
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
            paramLabel = "FILE",
            defaultValue = "target/postgres-loader.jar",
            description = "The loader to measure, run with -Xmx256m (default: ${DEFAULT-VALUE}).")
    private Path jar;

    @Override
    public Integer call() throws Exception {
        if (!Files.exists(jar)) {
            spec.commandLine().getErr().println("There is no " + jar + "; run: mvn -q -DskipTests package");
            return ExitCode.CONFIGURATION;
        }
        try (Benchmark benchmark = new Benchmark(spec.commandLine().getOut(), jar, rows)) {
            benchmark.run(runs);
            return ExitCode.DONE;
        }
    }
}
