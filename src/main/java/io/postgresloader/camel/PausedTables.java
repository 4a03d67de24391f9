package io.postgresloader.camel;

import io.postgresloader.monitor.LatestValue;
import io.postgresloader.tracking.PauseRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables that an operator paused, by JMX or by the command {@code pause}, at most a second old. While the target
 * does not answer, these are the tables that were paused before.
 */
public final class PausedTables {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final PauseRecords records;
    private volatile LatestValue<Map<String, Instant>> read;
    private volatile Map<String, Instant> last = Map.of();

    public PausedTables(PauseRecords records) {
        this.records = records;
        this.read = cache();
    }

    public Set<String> names() {
        return current().keySet();
    }

    public boolean contains(String table) {
        return current().containsKey(table);
    }

    /** Since when a table is paused, by the target's clock; empty: it is not. */
    public Optional<Instant> since(String table) {
        return Optional.ofNullable(current().get(table));
    }

    /** Pauses a table for all loaders of the warehouse, until {@link #resume}. */
    public void pause(String table) {
        records.pause(List.of(table));
        read = cache();
    }

    public void resume(String table) {
        records.resume(List.of(table));
        read = cache();
    }

    private Map<String, Instant> current() {
        return read.value().orElse(last);
    }

    private LatestValue<Map<String, Instant>> cache() {
        return new LatestValue<>(this::read, FRESH, WAIT, Duration.ZERO);
    }

    /** An answer that is too late for those who asked counts as well. */
    private Map<String, Instant> read() {
        Map<String, Instant> paused = records.paused();
        last = paused;
        return paused;
    }
}
