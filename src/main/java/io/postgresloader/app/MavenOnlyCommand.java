package io.postgresloader.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Stands in the runnable jar for a command that needs embedded database servers, and says where it can be run. */
abstract class MavenOnlyCommand implements Callable<Integer> {
    private static final String ALWAYS = "2:always: the database servers for it are not in the jar";
    private static final String EXAMPLE = "%nIn the project's directory, run:";

    @Spec
    private CommandSpec spec;

    /** The options and arguments of the real command; they are not looked at. */
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    static List<Callable<Integer>> all() {
        return List.of(new Demo(), new Benchmark());
    }

    @Override
    public Integer call() {
        spec.commandLine()
                .getErr()
                .println("The database servers for this are not in the jar. In the project's directory, run:"
                        + " mvn -q compile exec:java -Dexec.args=" + spec.name());
        return ExitCode.CONFIGURATION;
    }

    @Command(
            name = "demo",
            description = "Shows the loader at work, on databases that it starts itself.",
            exitCodeList = MavenOnlyCommand.ALWAYS,
            footer = {MavenOnlyCommand.EXAMPLE, "  mvn -q compile exec:java -Dexec.args=demo"})
    static final class Demo extends MavenOnlyCommand {}

    @Command(
            name = "benchmark",
            description = "Measures loads against a plain COPY of the same rows.",
            exitCodeList = MavenOnlyCommand.ALWAYS,
            footer = {MavenOnlyCommand.EXAMPLE, "  mvn -q compile exec:java -Dexec.args=benchmark"})
    static final class Benchmark extends MavenOnlyCommand {}
}
