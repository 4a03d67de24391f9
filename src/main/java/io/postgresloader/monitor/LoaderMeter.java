package io.postgresloader.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All meters of the loader. Meters of the connection pools and of the JVM are not among them: libraries define those.
 *
 * <p>Code registers a meter through its constant. The routes name their meters in the URIs of {@code micrometer:}
 * endpoints; a test compares those, and the manual, with this list.
 */
public enum LoaderMeter {
    LOAD_DURATION(Kind.TIMER, "etl.load.duration", "How long loads took", "table", "outcome"),
    LOAD_RETRIES(
            Kind.COUNTER,
            "etl.load.retries",
            "Attempts that failed and were followed by another, by class of SQLSTATE",
            "class"),
    ROWS_PULLED(Kind.COUNTER, "etl.rows.pulled", "Rows read from the source", "table"),
    PULLED_BYTES(Kind.COUNTER, "etl.pulled.bytes", "Size of the rows that were read, as COPY carries them", "table"),
    ROWS_INSERTED(Kind.COUNTER, "etl.rows.inserted", "Rows whose key was new", "table"),
    ROWS_UPDATED(Kind.COUNTER, "etl.rows.updated", "Rows that differed", "table"),
    ROWS_UNCHANGED(Kind.COUNTER, "etl.rows.unchanged", "Rows that were equal", "table"),
    ROWS_DEAD_LETTERED(Kind.COUNTER, "etl.rows.dead.lettered", "Rows that the target could not take", "table"),
    ROWS_DELETED(Kind.COUNTER, "etl.rows.deleted", "Rows deleted in the source, deleted or marked", "table"),
    VALUES_MAPPED(Kind.COUNTER, "etl.values.mapped", "Values that a policy changed, by kind", "table", "kind"),
    RECONCILES(Kind.COUNTER, "etl.reconciles", "Comparisons with the source, by result", "table", "result"),
    RECONCILE_ROWS(Kind.COUNTER, "etl.reconcile.rows", "Rows that comparisons found, by kind", "table", "kind"),
    INTEGRITY_VIOLATIONS(
            Kind.COUNTER,
            "etl.integrity.violations",
            "Rows that loads should have brought and a comparison found",
            "table"),
    RELOADS(Kind.COUNTER, "etl.reloads", "Files that were saved while the loader ran, by outcome", "result"),
    TABLE_LAG(
            Kind.SECONDS,
            "etl.table.lag",
            "How far the newest change of the source is ahead of what is loaded",
            "table"),
    TABLE_NEWEST_CHANGE_AGE(
            Kind.SECONDS,
            "etl.table.newest.change.age",
            "How long ago the newest change was made that is loaded for certain",
            "table"),
    TABLE_WAITING(
            Kind.SECONDS, "etl.table.waiting", "How long a change that is not loaded yet can have waited", "table"),
    TABLE_WATERMARK_AGE(Kind.SECONDS, "etl.table.watermark.age", "How long ago the table was complete", "table"),
    TABLE_DEAD_LETTERS(Kind.GAUGE, "etl.table.dead.letters", "Open dead letters: rows, or loads", "table"),
    TABLE_PAUSED(Kind.GAUGE, "etl.table.paused", "1: an operator paused the table; 0: it is loaded", "table"),
    TABLE_FAILED(Kind.GAUGE, "etl.table.failed", "1: the last load of the table failed; 0: it did not", "table"),
    TABLE_OVERDUE(
            Kind.GAUGE,
            "etl.table.overdue",
            "1: no load succeeded for three periods of the schedule; 0: one did",
            "table"),
    TABLE_COMPARISON(
            Kind.GAUGE,
            "etl.table.comparison",
            "1: the last comparison of the table ended with this result; 0: it did not",
            "table",
            "result"),
    TABLE_PROOF_AGE(
            Kind.SECONDS,
            "etl.table.proof.age",
            "How long ago the time was up to which the table is proven complete",
            "table"),
    DATABASE_UP(Kind.GAUGE, "etl.database.up", "1: the database answers; 0: it does not", "database"),
    DATABASE_CONNECTIONS(Kind.GAUGE, "etl.database.connections", "Connections of all programs in use", "database"),
    DATABASE_CONNECTIONS_LIMIT(
            Kind.GAUGE, "etl.database.connections.limit", "How many connections are possible", "database"),
    LOADS(Kind.GAUGE, "etl.loads", "Loads of this process that wait for a worker, or run", "state"),
    REJECTED_FILES(Kind.GAUGE, "etl.rejected.files", "Saved files that are not used, since they contain errors"),
    /** One gauge for each column of the view {@code etl_monitoring}; the column's name follows the meter's. */
    MONITORING(Kind.GAUGE, "etl.monitoring", "A column of the view etl_monitoring");

    /** What a meter measures, and in which unit. */
    public enum Kind {
        /** Counts since the start. */
        COUNTER,
        /** Durations and their number. */
        TIMER,
        /** A number now, without a unit. */
        GAUGE,
        /** A number of seconds now. */
        SECONDS
    }

    private final Kind kind;
    private final String id;
    private final String description;
    private final List<String> tags;

    LoaderMeter(Kind kind, String id, String description, String... tags) {
        this.kind = kind;
        this.id = id;
        this.description = description;
        this.tags = List.of(tags);
    }

    public Kind kind() {
        return kind;
    }

    /** The name, with dots: {@code etl.rows.pulled}. Prometheus shows it with underscores, the unit and {@code _total}. */
    public String id() {
        return id;
    }

    public String description() {
        return description;
    }

    /** The names of the tags, which Prometheus calls labels. */
    public List<String> tags() {
        return tags;
    }

    /** The base unit; empty: a plain number. Timers are given one by each registry. */
    public Optional<String> unit() {
        return kind == Kind.SECONDS ? Optional.of("seconds") : Optional.empty();
    }

    /**
     * The counter with these values of the tags; it is registered if it is new.
     *
     * @param values one for each of {@link #tags()}
     */
    public Counter counter(MeterRegistry registry, String... values) {
        if (kind != Kind.COUNTER) {
            throw new IllegalArgumentException(id + " is no counter");
        }
        return Counter.builder(id).description(description).tags(pairs(values)).register(registry);
    }

    /**
     * Registers a gauge.
     *
     * @param value NaN: there is none
     * @param values one for each of {@link #tags()}
     */
    public void gauge(MeterRegistry registry, Supplier<Number> value, String... values) {
        Gauge.builder(id, value)
                .description(description)
                .baseUnit(unit().orElse(null))
                .tags(pairs(values))
                .strongReference(true)
                .register(registry);
    }

    /**
     * The tags with these values.
     *
     * @param values one for each of {@link #tags()}
     */
    public Tags pairs(String... values) {
        if (values.length != tags.size()) {
            throw new IllegalArgumentException(id + ": a " + kind + " with the tags " + tags);
        }
        Tags pairs = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            pairs = pairs.and(tags.get(i), values[i]);
        }
        return pairs;
    }

    /** Gauges of which each table has one; the rows are added by the caller. */
    public MultiGauge gauges(MeterRegistry registry) {
        return MultiGauge.builder(id)
                .description(description)
                .baseUnit(unit().orElse(null))
                .register(registry);
    }

    /**
     * Registers a gauge of a family.
     *
     * @param part follows the meter's name, e.g. {@code tracking.coverage.percent}
     * @param value NaN: there is none
     */
    public void member(MeterRegistry registry, String part, String text, Supplier<Number> value) {
        Gauge.builder(id + "." + part, value)
                .description(text)
                .strongReference(true)
                .register(registry);
    }
}
