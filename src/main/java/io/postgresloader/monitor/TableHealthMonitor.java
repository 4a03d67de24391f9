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
 * The health of all tables, read on demand and kept for ten seconds: two queries for all tables, whatever the number of
 * callers. While the source does not answer, only the lag is unknown.
 */
public final class TableHealthMonitor {
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** Shorter than the wait for the target, so that a silent source does not delay what the target reports. */
    private static final Duration WAIT_FOR_SOURCE = Duration.ofSeconds(1);

    private final StatusReport report;
    private final Supplier<Catalog> catalog;
    private final TimedCache<Map<String, SourceState>> source;
    private final TimedCache<Map<String, TableHealth>> health = new TimedCache<>(this::read, FRESH);

    public TableHealthMonitor(StatusReport report, Supplier<Catalog> catalog, SourceStates source) {
        this.report = report;
        this.catalog = catalog;
        this.source = new TimedCache<>(source::all, FRESH, WAIT_FOR_SOURCE);
    }

    /** All tables, the most severe first, at most ten seconds old; empty while the target does not answer. */
    public Optional<List<TableHealth>> all() {
        return health.value().map(read -> List.copyOf(read.values()));
    }

    /** One table; empty while the target does not answer, and when there is no table with that name. */
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
