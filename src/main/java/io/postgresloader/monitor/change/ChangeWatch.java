package io.postgresloader.monitor.change;

import io.postgresloader.config.settings.NotifySettings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.database.Warehouse;
import io.postgresloader.model.ChangeKind;
import io.postgresloader.model.TableOptions;
import io.postgresloader.monitor.TableHealth;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks for changes. What was seen and the messages about it commit together, so that a change is told once, whenever the
 * loader is killed; and what changes while the target or the loader is away is found at the next look.
 */
public final class ChangeWatch {
    /** At most one message of a table and kind is told in this time. */
    private static final Duration APART = Duration.ofHours(1);

    private final NotifySettings settings;
    private final Warehouse warehouse;
    private final Supplier<Catalog> catalog;
    private final Supplier<Optional<String>> source;
    private final TableSights sights;
    private final SightDetails details;
    private final Outbox outbox;
    private Instant start;
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
        start = start == null ? now : start;
        Map<String, Memory> after = new TreeMap<>();
        SourceChanges ofSource =
                SourceChanges.of(before.getOrDefault(TableSights.SOURCE, Memory.NONE), silent, reason, now);
        ofSource.changes().forEach(change -> tell(TableSights.SOURCE, change, now));
        Optional<Instant> excused = ofSource.excusedUpTo(silent);
        seen.forEach(sight -> after.put(sight.table(), ofTable(sight, before, excused, now)));
        after.put(TableSights.SOURCE, digest(ofSource.memory(), after, now));
        after.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        sights.remember(after);
    }

    private Memory ofTable(Sight sight, Map<String, Memory> before, Optional<Instant> excused, Instant now) {
        Optional<Memory> memory = Optional.ofNullable(before.get(sight.table()));
        TableChanges changes = new TableChanges(memory, sight, lateness(sight, excused), excused);
        changes.changes().forEach(change -> tell(sight.table(), detailed(sight.table(), change, memory), now));
        if (!changes.over().isEmpty()) {
            outbox.over(sight.table(), changes.over(), now);
        }
        return changes.memory();
    }

    /** The time while the source was away, and before the loader started, does not count. */
    private Lateness lateness(Sight sight, Optional<Instant> sourceBack) {
        Optional<TableOptions> options = catalog.get().table(sight.table());
        if (options.isEmpty() || sight.loadedUpTo().isEmpty()) {
            return Lateness.IN_TIME;
        }
        Duration most = TableHealth.overdueAfter(options.get().load().schedule());
        Instant from = sight.loadedUpTo().get();
        if (!from.plus(most).isBefore(sight.now())) {
            return Lateness.IN_TIME;
        }
        boolean excused = Stream.concat(Stream.of(start), sourceBack.stream())
                .anyMatch(time -> time.equals(Instant.MAX) || !time.plus(most).isBefore(sight.now()));
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
        Optional<String> reason = change.reason()
                .map(text -> text
                        + SightDetails.joined(reasons).map(why -> ": " + why).orElse(""));
        return new Change(change.kind(), reason, counts);
    }

    private void tell(String table, Change change, Instant now) {
        if (!settings.kinds().contains(change.kind())) {
            return;
        }
        String subject = table.equals(TableSights.SOURCE) ? "source" : table;
        String title = subject + ": " + change.kind().word();
        String text = subject + ": " + change.reason().orElse(change.kind().word());
        outbox.add(
                new Message(change.kind().word(), table, now, now, 1, title, text, change.counts(), null),
                settings.channels(),
                APART);
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
        return new Memory(source.troubles(), 0, 0, 0, source.back(), day);
    }
}
