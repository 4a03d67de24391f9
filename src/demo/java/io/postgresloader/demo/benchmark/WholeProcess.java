package io.postgresloader.demo.benchmark;

import io.postgresloader.app.ExitCode;
import io.postgresloader.demo.benchmark.measure.Children;
import io.postgresloader.demo.benchmark.measure.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The loader as a process that is started for each load, as by cron: its start counts. */
final class WholeProcess extends Subject {
    private final String way;

    WholeProcess(Bench bench, LoaderProgram loader, Job job, Map<String, String> settings) {
        this(bench, loader, job, settings, loader.byLauncher() ? "launched" : "once");
    }

    private WholeProcess(Bench bench, LoaderProgram loader, Job job, Map<String, String> settings, String way) {
        super(bench, loader, job, settings);
        this.way = way;
    }

    /** Fills the model database. */
    static WholeProcess ofModel(Bench bench, LoaderProgram loader, Job job) {
        return new WholeProcess(bench, loader.withoutLabel(), job, Map.of(), "model");
    }

    @Override
    String program() {
        return loader.label() + "loader, whole process by " + loader.start();
    }

    @Override
    String way() {
        return way;
    }

    @Override
    void prepare() throws Exception {
        bench.target().recreateDatabase(database());
        run(new Children(), ExitCode.DONE, "init");
    }

    @Override
    Cost load() throws Exception {
        return cost(ExitCode.DONE, "once");
    }

    @Override
    Cost loadFull() throws Exception {
        return cost(ExitCode.DONE, "once", "--full");
    }

    @Override
    Comparison verify() throws Exception {
        Path keys = bench.file("differences.jsonl");
        Files.deleteIfExists(keys);
        Cost cost = cost(ExitCode.FAILED, "verify", "--keys", keys.toString());
        return new Comparison(cost, Files.readAllLines(keys).size());
    }

    /** The cost of a command that ends with this code. */
    Cost cost(int expected, String... arguments) throws Exception {
        bench.settle(database());
        return bench.ofChildren(database(), children -> run(children, expected, arguments));
    }

    private void run(Children children, int expected, String... arguments) throws IOException, InterruptedException {
        int exit = children.run(List.of(loader.process(environment(), bench.log(), arguments)));
        if (exit != expected) {
            throw new IOException("postgres-loader " + String.join(" ", arguments) + " ended with " + exit
                    + " instead of " + expected + "; see " + bench.log());
        }
    }
}
