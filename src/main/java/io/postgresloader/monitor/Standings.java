package io.postgresloader.monitor;

import io.postgresloader.config.Catalog;
import io.postgresloader.model.SourceState;
import io.postgresloader.source.SourceStates;
import io.postgresloader.tracking.StatusReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;

/**
 * How all tables stand, read when somebody wants to know, and then not again for a while: two queries for all of them,
 * however many ask.
 */
public final class Standings {
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private final StatusReport report;
    private final Supplier<Catalog> catalog;
    private final SourceStates source;
    private Map<String, Standing> read = Map.of();
    private boolean known;
    private long readAt;
    private boolean begun;

    public Standings(StatusReport report, Supplier<Catalog> catalog, SourceStates source) {
        this.report = report;
        this.catalog = catalog;
        this.source = source;
    }

    /** All tables, the worst first, at most ten seconds old; empty while the target does not answer. */
    public synchronized Optional<List<Standing>> all() {
        refresh();
        return known ? Optional.of(List.copyOf(read.values())) : Optional.empty();
    }

    /** One table; empty while the target does not answer, and when there is none of that name. */
    public synchronized Optional<Standing> of(String table) {
        refresh();
        return Optional.ofNullable(known ? read.get(table) : null);
    }

    private void refresh() {
        if (!begun || System.nanoTime() - readAt > FRESH_NANOS) {
            read();
            begun = true;
            // Also after a failure: a target that is away need not be asked by everybody.
            readAt = System.nanoTime();
        }
    }

    private void read() {
        try {
            Map<String, Standing> now = new LinkedHashMap<>();
            Standing.of(report.read(), Optional.of(catalog.get()), sourceStates())
                    .forEach(standing -> now.put(standing.line().table(), standing));
            read = now;
            known = true;
        } catch (DataAccessException e) {
            known = false;
        }
    }

    /** Without the source the lag is not known, and all else is. */
    private Map<String, SourceState> sourceStates() {
        try {
            return source.all();
        } catch (DataAccessException e) {
            return Map.of();
        }
    }
}
