package io.postgresloader.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Replaces a command that needs embedded database servers in the runnable jar, and explains how to run it. */
abstract class MavenOnlyCommand implements Callable<Integer> {
    private static final String ALWAYS = "2:always: the jar does not contain the database servers";
    private static final String EXAMPLE = "%nRun in the project directory:";

    @Spec
    private CommandSpec spec;

    /** Accepts and ignores the options and arguments of the real command. */
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    static List<Callable<Integer>> all() {
        return List.of(new Demo(), new Benchmark());
    }

    @Override
    public Integer call() {
        spec.commandLine()
                .getErr()
                .println("The jar does not contain the database servers. Run in the project directory:"
                        + " mvn -q compile exec:java -Dexec.args=" + spec.name());
        return ExitCode.CONFIGURATION;
    }

    @Command(
            name = "demo",
            description = "Runs the loader on two databases that it starts itself.",
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
