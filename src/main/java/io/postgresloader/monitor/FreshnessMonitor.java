package io.postgresloader.monitor;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.tracking.FreshnessReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What {@code etl_freshness} says of each table, read on demand and not again for ten seconds: one query for all
 * tables,
 * whatever the number of callers.
 */
public final class FreshnessMonitor {
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** Of a client's patience, the wait for a silent target is to leave something to the other meters. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** Those who ask every minute find the answer of a target that takes longer than they wait. */
    private static final Duration KEPT = Duration.ofMinutes(2);

    private final LatestValue<Map<String, FreshnessReport.Line>> lines;
    private final Supplier<Catalog> catalog;

    /** @param catalog supplies the active table list */
    public FreshnessMonitor(FreshnessReport report, Supplier<Catalog> catalog) {
        this.lines = new LatestValue<>(report::read, FRESH, WAIT, KEPT);
        this.catalog = catalog;
    }

    /**
     * Whether the last load that ended failed, and the table is not paused. A load that runs now has not changed that until
     * it has committed rows or has ended.
     *
     * @return empty: the table is not tracked, or the target does not answer
     */
    public Optional<Boolean> failed(String table) {
        return lines.value().map(read -> read.get(table)).map(FreshnessMonitor::failed);
    }

    /** The error of an earlier load stays in the row of a table that is to be loaded from the start. */
    private static boolean failed(FreshnessReport.Line line) {
        return line.error().isPresent()
                && line.pausedSince().isEmpty()
                && !line.state().equals("pending");
    }

    /**
     * How long ago the time was up to which the table is proven complete ({@code complete_up_to}), in seconds, by the
     * clock of this host.
     *
     * @return infinite: there is no proof; NaN: none is expected ({@code reconcile: off}, never loaded, not tracked), or
     *     the target does not answer
     */
    public double proofAge(String table) {
        boolean expected = catalog.get()
                .table(table)
                .filter(options -> options.reconcile().every().isPresent())
                .isPresent();
        return lines.value()
                .map(read -> read.get(table))
                .filter(line -> expected && line.loadedUpTo().isPresent())
                .map(FreshnessMonitor::age)
                .orElse(Double.NaN);
    }

    private static double age(FreshnessReport.Line line) {
        Optional<Duration> age = line.completeUpTo().map(time -> Duration.between(time, Instant.now()));
        return age.map(time -> Math.max(0, time.toMillis()) / 1000.0).orElse(Double.POSITIVE_INFINITY);
    }
}
