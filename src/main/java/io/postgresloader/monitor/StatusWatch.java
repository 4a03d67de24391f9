package io.postgresloader.monitor;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.database.Warehouse;
import io.postgresloader.model.SourceState;
import io.postgresloader.source.SourceStates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The status documents of a running loader. They are read when somebody asks, and at most every two seconds, whatever the
 * number of callers. While the target is silent, a caller waits a second for it at most, and gets the last document with
 * its age.
 */
public final class StatusWatch {
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration WAIT = Duration.ofSeconds(1);
    /** How far back the days and the figures of all runs may be, which take longer to read. */
    private static final Duration TRENDS_FRESH = Duration.ofMinutes(1);

    private static final Duration SOURCE_FRESH = Duration.ofSeconds(10);

    /** A source that takes longer is said to be silent. Before that, it is not known yet whether it answers. */
    private static final Duration SOURCE_LIMIT = Duration.ofSeconds(2);

    /** A caller does not wait longer for what comes with the target's answer, and only if nothing is known of it. */
    private static final Duration BRIEF = Duration.ofMillis(150);

    private static final Duration ALWAYS = Duration.ofDays(365);

    private final StatusReader reader;
    private final TableReader tables;
    private final StatusDocuments documents;
    private final Supplier<Catalog> catalog;
    private final Supplier<ThisLoader> thisLoader;
    private final LatestValue<Reading> target = new LatestValue<>(this::read, FRESH, WAIT, Duration.ZERO);
    private final LatestValue<StatusReader.Trends> trends;
    private final LatestValue<Map<String, SourceState>> source;
    private final Map<String, LatestValue<TableReader.Details>> details = new ConcurrentHashMap<>();
    private Reading last;
    private Made made;
    private Instant silentSince;

    /**
     * @param keys whether keys of dead letters are shown
     * @param documents knows the source's name
     * @param catalog supplies the active table list
     * @param thisLoader supplies what this process does
     */
    public StatusWatch(
            Warehouse warehouse,
            boolean keys,
            SourceStates source,
            StatusDocuments documents,
            Supplier<Catalog> catalog,
            Supplier<ThisLoader> thisLoader) {
        this.reader = new StatusReader(warehouse, keys);
        this.tables = new TableReader(warehouse, keys);
        this.documents = documents;
        this.catalog = catalog;
        this.thisLoader = thisLoader;
        trends = new LatestValue<>(
                reader::trends, TRENDS_FRESH, BRIEF, TRENDS_FRESH.multipliedBy(4), TRENDS_FRESH.multipliedBy(5));
        this.source = new LatestValue<>(source::all, SOURCE_FRESH, BRIEF, SOURCE_FRESH.multipliedBy(2));
    }

    /** What was read, and when, by {@link System#nanoTime}. */
    private record Reading(StatusReader.Now now, long nanos) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }
    }

    /** All that a document is made of. What comes late, or changes, is in the next answer. */
    private record Parts(
            Reading target,
            Optional<Map<String, SourceState>> source,
            Optional<Boolean> sourceAnswers,
            Optional<StatusReader.Trends> trends,
            Catalog catalog) {
        boolean are(Parts others) {
            return target == others.target
                    && source.orElse(null) == others.source.orElse(null)
                    && sourceAnswers.equals(others.sourceAnswers)
                    && trends.orElse(null) == others.trends.orElse(null)
                    && catalog == others.catalog;
        }
    }

    private record Made(Parts parts, StatusDocument document) {}

    /** All tables; empty: the target has not answered since the start. */
    public Optional<StatusDocument> all() {
        // Both databases are asked at the same time.
        source.known();
        Optional<Reading> read = target.value();
        if (read.isPresent()) {
            source.soon();
            trends.soon();
        }
        synchronized (this) {
            if (read.isPresent()) {
                silentSince = null;
            } else if (silentSince == null) {
                silentSince = Instant.now();
            }
            return Optional.ofNullable(last).map(kept -> document(kept)
                    .remembered(kept.age(), Optional.ofNullable(silentSince), thisLoader.get()));
        }
    }

    private StatusDocument document(Reading reading) {
        Parts parts = new Parts(
                reading,
                source.kept(),
                source.answers(SOURCE_LIMIT),
                trends.kept().or(this::trendsBefore),
                catalog.get());
        if (made == null || !made.parts.are(parts)) {
            made = new Made(parts, document(parts));
        }
        return made.document;
    }

    /** While the target is silent, the document keeps what it had. */
    private Optional<StatusReader.Trends> trendsBefore() {
        return silentSince == null || made == null ? Optional.empty() : made.parts.trends;
    }

    private StatusDocument document(Parts parts) {
        StatusReader.Now now = parts.target.now;
        List<TableHealth> health = now.health(Optional.of(parts.catalog), parts.source.orElse(Map.of()));
        return documents.of(now, health, parts.trends, parts.sourceAnswers, Optional.empty());
    }

    /** One table of {@link #all()}; empty: there is none, or it was not read before the target became silent. */
    public Optional<TableDocument> table(StatusDocument all, String name) {
        return all.tables().stream()
                .filter(row -> row.table().equals(name))
                .findFirst()
                .flatMap(row -> details(all, name).map(read -> TableReader.document(all, row, read)
                        .remembered(Duration.ofSeconds(all.ageSeconds()), all.targetSilentSince())));
    }

    private Optional<TableReader.Details> details(StatusDocument all, String table) {
        LatestValue<TableReader.Details> known =
                details.computeIfAbsent(table, name -> new LatestValue<>(() -> tables.read(name), FRESH, WAIT, ALWAYS));
        return all.targetSilentSince().isPresent() ? known.kept() : known.value();
    }

    private Reading read() {
        return keep(new Reading(reader.now(), System.nanoTime()));
    }

    /** Also one that is too late for those who asked: a target under load takes longer than they wait. */
    private synchronized Reading keep(Reading reading) {
        last = reading;
        silentSince = null;
        return reading;
    }
}
