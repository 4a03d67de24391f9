package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.benchmark.measure.Cost;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The loader as a process that runs all the time, {@code run}, and is asked for a load over JMX. Its start does not count,
 * and its first load, which the JVM interprets and compiles, is not measured either. A figure ends when the rows of {@code
 * etl_table_metrics} can be seen, which are written when a load has ended.
 */
final class InsideRunning extends Subject {
    private static final Duration LIMIT = Duration.ofHours(1);

    /** How soon the end is seen: at once, or after a hundredth of the time. To look more often would cost the target. */
    private static final long LOOK_MILLIS = 10;

    private static final int PRECISION = 100;

    private Process process;
    private LoaderJmx jmx;

    InsideRunning(Bench bench, LoaderProgram loader, Job job, Map<String, String> settings) {
        super(bench, loader, job, settings);
    }

    @Override
    String program() {
        return loader.label() + "loader, running";
    }

    @Override
    String way() {
        return "run";
    }

    @Override
    void prepare() throws Exception {
        bench.target().recreateDatabase(database());
        int port = Ports.free();
        jmx = new LoaderJmx(port);
        Map<String, String> environment = environment();
        environment.putAll(jmx.settings());
        process = loader.process(environment, bench.log(), "run").start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        awaitLoads(0);
    }

    /** The process id. */
    long pid() {
        // A launcher may start Java as a child instead of becoming it.
        return process.pid();
    }

    /** The cost of what it does by itself in so much time. */
    Cost meanwhile(Duration time) throws Exception {
        bench.settle(database());
        return bench.ofSteady(pid(), database(), () -> {
            if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the running loader ended; see " + bench.log());
            }
        });
    }

    @Override
    Cost load() throws Exception {
        return cost("load", "load_type <> 'verify'");
    }

    @Override
    Cost loadFull() throws Exception {
        return cost("loadFull", "load_type <> 'verify'");
    }

    @Override
    Comparison verify() throws Exception {
        Cost cost = cost("verify", "load_type = 'verify'");
        long found = bench.number(
                database(),
                "SELECT rows_missing + rows_different + rows_extra FROM raw.etl_table_metrics"
                        + " WHERE load_type = 'verify' ORDER BY id DESC LIMIT 1");
        return new Comparison(cost, found);
    }

    private Cost cost(String operation, String rows) throws Exception {
        bench.settle(database());
        long before = lastMetric();
        return bench.ofRunning(pid(), () -> {
            for (String table : job.tables()) {
                jmx.call(operation, table);
            }
            await(before, rows);
        });
    }

    /** The number of the newest row of {@code etl_table_metrics}. */
    long lastMetric() throws SQLException {
        return bench.number(database(), "SELECT coalesce(max(id), 0) FROM raw.etl_table_metrics");
    }

    private void awaitLoads(long before) throws Exception {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (bench.number(database(), "SELECT count(to_regclass('raw.etl_table_metrics'))") == 0) {
            pause(LOOK_MILLIS * PRECISION, limit);
        }
        await(before, "load_type <> 'verify'");
    }

    /** Waits until each table has such a row after that one. */
    void await(long before, String rows) throws Exception {
        long start = System.nanoTime();
        long limit = start + LIMIT.toNanos();
        try (MetricsWatch watch = new MetricsWatch(bench.connect(database()), before, rows)) {
            while (watch.tables() < job.tables().size()) {
                long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                pause(Math.max(LOOK_MILLIS, passed / PRECISION), limit);
            }
            if (watch.failed() > 0) {
                throw new IOException(watch.failed() + " loads failed; see " + bench.log());
            }
        }
    }

    private void pause(long millis, long limit) throws IOException, InterruptedException {
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            throw new IOException("the running loader ended with " + process.exitValue() + "; see " + bench.log());
        }
        if (System.nanoTime() > limit) {
            throw new IOException("the running loader has not done its work within " + LIMIT + "; see " + bench.log());
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        if (process != null) {
            end();
            process.onExit().join();
        }
    }

    private void end() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
