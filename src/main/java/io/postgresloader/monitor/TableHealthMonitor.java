package io.postgresloader.monitor;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.model.SourceState;
import io.postgresloader.source.SourceStates;
import io.postgresloader.tracking.StatusReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The health of all tables, read on demand and not again for ten seconds: two queries for all tables, whatever the number of
 * callers. While the source does not answer, only the lag is unknown.
 */
public final class TableHealthMonitor {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final Duration WAIT = Duration.ofSeconds(2);

    /** Shorter than the wait for the target, so that a silent source does not delay what the target reports. */
    private static final Duration WAIT_FOR_SOURCE = Duration.ofSeconds(1);

    /** Those who ask every minute find the answer of a database that takes longer than they wait. */
    private static final Duration KEPT = Duration.ofMinutes(2);

    private final StatusReport report;
    private final Supplier<Catalog> catalog;
    private final LatestValue<Map<String, SourceState>> source;
    private final LatestValue<Map<String, TableHealth>> health = new LatestValue<>(this::read, FRESH, WAIT, KEPT);

    public TableHealthMonitor(StatusReport report, Supplier<Catalog> catalog, SourceStates source) {
        this.report = report;
        this.catalog = catalog;
        this.source = new LatestValue<>(source::all, FRESH, WAIT_FOR_SOURCE, KEPT);
    }

    /**
     * All tables, the most severe first, at most ten seconds old, or two minutes while the target is late; empty: it does not
     * answer.
     */
    public Optional<List<TableHealth>> all() {
        return health.value().map(read -> List.copyOf(read.values()));
    }

    /** One table of {@link #all}; empty also when there is no table with that name. */
    public Optional<TableHealth> of(String table) {
        return health.value().map(read -> read.get(table));
    }

    private Map<String, TableHealth> read() {
        Map<String, TableHealth> read = new LinkedHashMap<>();
        TableHealth.of(report.read(), Optional.of(catalog.get()), source.value().orElse(Map.of()))
                .forEach(table -> read.put(table.line().table(), table));
        return read;
    }
}
