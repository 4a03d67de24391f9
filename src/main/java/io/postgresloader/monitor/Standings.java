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
 * How all tables stand, read when somebody wants to know, and then not again for a while: two queries for all of them,
 * however many ask. Without the source the lag is not known, and all else is.
 */
public final class Standings {
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** Shorter than for all of it: a silent source does not keep what the target says from being told. */
    private static final Duration PATIENCE_WITH_SOURCE = Duration.ofSeconds(1);

    private final StatusReport report;
    private final Supplier<Catalog> catalog;
    private final Inquiry<Map<String, SourceState>> source;
    private final Inquiry<Map<String, Standing>> inquiry = new Inquiry<>(this::read, FRESH);

    public Standings(StatusReport report, Supplier<Catalog> catalog, SourceStates source) {
        this.report = report;
        this.catalog = catalog;
        this.source = new Inquiry<>(source::all, FRESH, PATIENCE_WITH_SOURCE);
    }

    /** All tables, the worst first, at most ten seconds old; empty while the target does not answer. */
    public Optional<List<Standing>> all() {
        return inquiry.answer().map(read -> List.copyOf(read.values()));
    }

    /** One table; empty while the target does not answer, and when there is none of that name. */
    public Optional<Standing> of(String table) {
        return inquiry.answer().map(read -> read.get(table));
    }

    private Map<String, Standing> read() {
        Map<String, Standing> read = new LinkedHashMap<>();
        Standing.of(report.read(), Optional.of(catalog.get()), source.answer().orElse(Map.of()))
                .forEach(standing -> read.put(standing.line().table(), standing));
        return read;
    }
}
