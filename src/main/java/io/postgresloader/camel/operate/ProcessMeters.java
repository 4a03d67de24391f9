package io.postgresloader.camel.operate;

import io.micrometer.core.instrument.MeterRegistry;
import io.postgresloader.camel.LoadQueue;
import io.postgresloader.camel.reload.Reloads;
import io.postgresloader.database.Warehouse;
import io.postgresloader.monitor.DatabaseAnswer;
import io.postgresloader.monitor.LatestValue;
import io.postgresloader.monitor.LoaderMeter;
import io.postgresloader.target.ConnectionUse;
import java.time.Duration;
import java.util.function.ToLongFunction;

/** The gauges of the running loader itself: its databases, its queue, and the files that it does not use. */
public final class ProcessMeters {
    private static final Duration FRESH = Duration.ofSeconds(10);
    /** Of a client's patience, the wait for a silent target is to leave something to the other meters. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** Those who ask every minute find the answer of a target that takes longer than they wait. */
    private static final Duration KEPT = Duration.ofMinutes(2);

    private static final String TARGET = "target";

    private final MeterRegistry registry;

    public ProcessMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows whether these databases answer. */
    public ProcessMeters ofDatabases(DatabaseAnswer... databases) {
        for (DatabaseAnswer database : databases) {
            LoaderMeter.DATABASE_UP.gauge(registry, () -> database.answers() ? 1 : 0, database.name());
        }
        return this;
    }

    /** Shows how many connections the target has and can have; NaN while it does not answer. */
    public ProcessMeters ofConnections(Warehouse warehouse) {
        LatestValue<ConnectionUse> use = new LatestValue<>(() -> ConnectionUse.of(warehouse), FRESH, WAIT, KEPT);
        LoaderMeter.DATABASE_CONNECTIONS.gauge(registry, () -> number(use, ConnectionUse::used), TARGET);
        LoaderMeter.DATABASE_CONNECTIONS_LIMIT.gauge(registry, () -> number(use, ConnectionUse::limit), TARGET);
        return this;
    }

    /** Shows the loads of this process. */
    public ProcessMeters ofLoads(LoadQueue queue) {
        LoaderMeter.LOADS.gauge(registry, queue::queued, "queued");
        LoaderMeter.LOADS.gauge(registry, queue::running, "running");
        return this;
    }

    /** Shows how many saved files are not used. */
    public ProcessMeters ofReloads(Reloads reloads) {
        LoaderMeter.REJECTED_FILES.gauge(registry, () -> reloads.rejected().size());
        return this;
    }

    private static double number(LatestValue<ConnectionUse> use, ToLongFunction<ConnectionUse> value) {
        return use.value().map(read -> (double) value.applyAsLong(read)).orElse(Double.NaN);
    }
}
