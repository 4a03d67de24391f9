package io.postgresloader.monitor.change;

import io.postgresloader.config.settings.NotifySettings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.database.Warehouse;
import io.postgresloader.model.ChangeKind;
import io.postgresloader.model.TableOptions;
import io.postgresloader.monitor.TableHealth;
import io.postgresloader.monitor.change.LookMessages.Seen;
import io.postgresloader.monitor.change.TableChanges.Lateness;
import io.postgresloader.tracking.Outbox;
import io.postgresloader.tracking.Outbox.Message;
import io.postgresloader.tracking.SightDetails;
import io.postgresloader.tracking.TableSights;
import io.postgresloader.tracking.TableSights.Memory;
import io.postgresloader.tracking.TableSights.Sight;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks for changes. What was seen and the messages about it commit together, so that a change is told once, whenever the
 * loader is killed; and what changes while the target or the loader is away is found at the next look.
 */
public final class ChangeWatch {
    /** At most one message of a table and kind is told in this time. */
    private static final Duration APART = Duration.ofHours(1);

    /** What is older than this when the loader starts is history. */
    private static final Duration NEW = Duration.ofHours(1);

    /** A loader to which the source does not answer may need so long for a look. */
    private static final Duration LONG_LOOK = Duration.ofMinutes(1);

    private final NotifySettings settings;
    private final Warehouse warehouse;
    private final Supplier<Catalog> catalog;
    private final Supplier<Optional<String>> source;
    private final TableSights sights;
    private final SightDetails details;
    private final Outbox outbox;
    /** Of this loader, as long as it runs. */
    private final String loader = UUID.randomUUID().toString();

    private final long createdAt = System.nanoTime();
    private final List<Seen> toTell = new ArrayList<>();
    private Instant start;
    private Instant newSince;
    private Instant lastSilence;
    private int silent;

    /**
     * @param source asks the source; why it does not answer, or empty if it does
     */
    public ChangeWatch(
            NotifySettings settings,
            Warehouse warehouse,
            Supplier<Catalog> catalog,
            Supplier<Optional<String>> source) {
        this.settings = settings;
        this.warehouse = warehouse;
        this.catalog = catalog;
        this.source = source;
        this.sights = new TableSights(warehouse);
        this.details = new SightDetails(warehouse);
        this.outbox = new Outbox(warehouse);
    }

    /** Looks once; does nothing while another loader looks, or if nothing is to be told. */
    public synchronized void look() {
        if (!settings.on()) {
            return;
        }
        Optional<String> reason = source.get();
        silent = reason.isPresent() ? silent + 1 : 0;
        warehouse.transaction().executeWithoutResult(transaction -> {
            if (sights.begin()) {
                compare(reason.orElse(""));
            }
        });
    }

    private void compare(String reason) {
        Map<String, Memory> before = sights.memories();
        List<Sight> seen = sights.read().stream()
                .filter(sight -> catalog.get().table(sight.table()).isPresent())
                .toList();
        if (seen.isEmpty()) {
            return;
        }
        Instant now = TableChanges.inSeconds(seen.get(0).now());
        begin(now);
        toTell.clear();
        SourceChanges ofSource = SourceChanges.of(
                before.getOrDefault(TableSights.SOURCE, Memory.NONE),
                new SourceChanges.Look(loader, silent, reason, now, quiet()));
        ofSource.changes().forEach(change -> tell(TableSights.SOURCE, change));
        Optional<Instant> excused = ofSource.excusedUpTo(silent);
        List<Instant> backs = Stream.of(ofSource.memory().back(), lastSilence)
                .filter(Objects::nonNull)
                .toList();
        Map<String, Memory> after = new TreeMap<>();
        Map<String, Set<String>> over = new TreeMap<>();
        for (Sight sight : seen) {
            Optional<Memory> memory = Optional.ofNullable(before.get(sight.table()));
            TableChanges changes = new TableChanges(memory, sight, lateness(sight, backs), excused, newSince);
            changes.changes().forEach(change -> tell(sight.table(), detailed(sight.table(), change, memory)));
            changes.over().forEach(kind -> over.computeIfAbsent(kind, name -> new TreeSet<>())
                    .add(sight.table()));
            after.put(sight.table(), changes.memory());
        }
        over.forEach((kind, tables) -> outbox.over(kind, tables, without(kind, after), now));
        LookMessages.of(toTell, (kind, tables) -> outbox.recent(kind, tables, APART), now)
                .forEach(message -> outbox.add(message, settings.channels(), APART));
        after.put(TableSights.SOURCE, digest(ofSource.memory(), after, now));
        after.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        sights.remember(after);
    }

    private void begin(Instant now) {
        if (start == null) {
            start = now;
            newSince = now.minusNanos(System.nanoTime() - createdAt).minus(NEW);
        }
        if (silent > 0) {
            lastSilence = now;
        }
    }

    private Duration quiet() {
        Duration looks = settings.period().multipliedBy(3);
        return looks.compareTo(LONG_LOOK) > 0 ? looks : LONG_LOOK;
    }

    /** The tables that do not have this trouble now. */
    private static List<String> without(String kind, Map<String, Memory> tables) {
        return tables.entrySet().stream()
                .filter(table -> !table.getValue().troubles().containsKey(kind))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The time while this loader got no answer of the source, and before it started, does not count.
     *
     * @param sourceBack times at which the source came back
     */
    private Lateness lateness(Sight sight, List<Instant> sourceBack) {
        Optional<TableOptions> options = catalog.get().table(sight.table());
        if (options.isEmpty() || sight.loadedUpTo().isEmpty()) {
            return Lateness.IN_TIME;
        }
        Duration most = TableHealth.overdueAfter(options.get().load().schedule());
        Instant from = sight.loadedUpTo().get();
        if (!from.plus(most).isBefore(sight.now())) {
            return Lateness.IN_TIME;
        }
        boolean excused = silent > 0
                || Stream.concat(Stream.of(start), sourceBack.stream())
                        .anyMatch(time -> !time.plus(most).isBefore(sight.now()));
        return excused ? Lateness.EXCUSED : Lateness.LATE;
    }

    private Change detailed(String table, Change change, Optional<Memory> before) {
        List<String> reasons =
                switch (change.kind()) {
                    case DEAD_LETTERS -> details.deadLetters(table);
                    case SCHEMA_CHANGED -> details.schemaChanges(
                            table, before.map(Memory::version).orElse(0));
                    default -> List.of();
                };
        Map<String, Long> counts = new LinkedHashMap<>(change.counts());
        if (change.kind() == ChangeKind.DIFFERENT || change.kind() == ChangeKind.DELETE_LIMIT) {
            counts.putAll(details.compared(table));
        }
        String why = SightDetails.joined(reasons).map(text -> ": " + text).orElse("");
        return new Change(change.kind(), change.reason() + why, change.shared() + why, counts);
    }

    private void tell(String table, Change change) {
        if (settings.kinds().contains(change.kind())) {
            toTell.add(new Seen(table, change));
        }
    }

    private Memory digest(Memory source, Map<String, Memory> tables, Instant now) {
        if (settings.digest().isEmpty()) {
            return source;
        }
        String day = Digest.day(settings.digest().get(), now).toString();
        Optional<String> last = Optional.ofNullable(source.digest());
        if (Digest.due(last, LocalDate.parse(day))) {
            Map<String, Long> loads = details.loads(Duration.ofDays(1));
            Message digest = Digest.of(tables, loads, !source.troubles().isEmpty(), now);
            outbox.add(digest, settings.channels(), Duration.ZERO);
        }
        return Memory.ofSource(source.troubles(), source.back(), day, source.silence());
    }
}
