package io.postgresloader.demo.benchmark.measure;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Measures work on the two servers. */
public final class Meter {
    /** The title of a process of PostgreSQL that works for all: with it counts no work that a backend waits for. */
    private static final Pattern BACKGROUND = Pattern.compile(
            "postgres: .*\\b(checkpointer|background writer|walwriter|autovacuum launcher|logical replication launcher)\\b"
                    + ".*");

    private final ProcessTree source;
    private final ProcessTree target;
    private final Counters counters;

    /** Some work of a client. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Work of programs that are started for it. */
    @FunctionalInterface
    public interface ChildWork {
        void run(Children children) throws Exception;
    }

    /**
     * @param source the process id of the source server
     * @param target the process id of PostgreSQL's first process
     */
    public Meter(long source, long target, Counters counters) {
        this.source = new ProcessTree(source);
        this.target = new ProcessTree(target);
        this.counters = counters;
    }

    /** What the work costs that programs do which it starts itself. */
    public Cost ofChildren(ChildWork work) throws Exception {
        Children children = new Children();
        return of(children, () -> work.run(children));
    }

    /** What the work costs that a running process does. */
    public Cost ofRunning(long pid, Work work) throws Exception {
        return of(new RunningProcess(pid), work);
    }

    private Cost of(Client client, Work work) throws Exception {
        Map<Quantity, Double> counted = counters.read();
        Usage sourceBefore = source.used();
        Usage targetBefore = target.used();
        double backgroundBefore = background();
        client.begin();
        long start = System.nanoTime();
        work.run();
        Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
        values.put(Quantity.SECONDS, (System.nanoTime() - start) / 1e9);
        Usage ofSource = source.used().minus(sourceBefore);
        Usage ofTarget = target.used().minus(targetBefore);
        double background = background() - backgroundBefore;
        values.put(Quantity.SOURCE_CPU, ofSource.cpuSeconds());
        values.put(Quantity.TARGET_CPU, ofTarget.cpuSeconds() - background);
        values.put(Quantity.TARGET_BACKGROUND_CPU, background);
        values.put(Quantity.LOADER_CPU, client.cpuSeconds());
        values.put(Quantity.LOADER_MEMORY, client.peakKib() / 1024.0);
        put(values, Quantity.SOURCE_CALLS, ofSource.calls());
        put(values, Quantity.TARGET_CALLS, ofTarget.calls());
        put(values, Quantity.LOADER_CALLS, client.calls());
        addCounters(values, counted);
        return new Cost(values);
    }

    private void addCounters(Map<Quantity, Double> values, Map<Quantity, Double> before) throws SQLException {
        counters.read().forEach((quantity, now) -> values.put(quantity, now - before.getOrDefault(quantity, now)));
    }

    private double background() {
        return target.cpuOfRunning(command -> BACKGROUND.matcher(command).matches());
    }

    private static void put(Map<Quantity, Double> values, Quantity quantity, OptionalLong value) {
        value.ifPresent(number -> values.put(quantity, (double) number));
    }
}
