package io.postgresloader.monitor.change;

import io.postgresloader.model.ChangeKind;
import io.postgresloader.tracking.Outbox.Message;
import io.postgresloader.tracking.TableSights;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The messages of one look: one for each change. Changes of the same kind and for the same reason become one message that
 * names their tables, if there are many: a password that was changed makes all tables fail.
 */
public final class LookMessages {
    /** So many changes that are alike are messages of their own. */
    private static final int MOST_ALONE = 5;

    private static final int MOST_NAMES = 10;

    private final BiFunction<String, Collection<String>, Map<String, String>> recent;
    private final Instant now;
    private final List<Message> messages = new ArrayList<>();

    private LookMessages(BiFunction<String, Collection<String>, Map<String, String>> recent, Instant now) {
        this.recent = recent;
        this.now = now;
    }

    /**
     * What one look saw.
     *
     * @param table empty: the source
     */
    public record Seen(String table, Change change) {
        private Kind kind() {
            return new Kind(change.kind(), change.shared());
        }
    }

    private record Kind(ChangeKind kind, String reason) {}

    /**
     * What is over comes after what began.
     *
     * @param recent answers, for a kind and tables, with the ids of the messages that keep others from being sent now, by
     *     table. Tables with different ones are kept apart, since they have to wait for different times
     */
    public static List<Message> of(
            List<Seen> seen, BiFunction<String, Collection<String>, Map<String, String>> recent, Instant now) {
        LookMessages made = new LookMessages(recent, now);
        Map<Kind, List<Seen>> alike = seen.stream().collect(Collectors.groupingBy(Seen::kind));
        Set<Kind> grouped = new HashSet<>();
        seen.stream()
                .sorted(Comparator.comparing(one -> one.change().kind() == ChangeKind.RECOVERED))
                .forEach(one -> {
                    List<Seen> group = alike.get(one.kind());
                    if (group.size() <= MOST_ALONE) {
                        made.messages.add(made.alone(one));
                    } else if (grouped.add(one.kind())) {
                        made.tell(group);
                    }
                });
        return made.messages;
    }

    private void tell(List<Seen> group) {
        Map<String, String> waitFor = recent.apply(
                group.get(0).change().kind().word(),
                group.stream().map(Seen::table).toList());
        Map<String, List<Seen>> parts = group.stream()
                .collect(Collectors.groupingBy(
                        one -> waitFor.getOrDefault(one.table(), ""), LinkedHashMap::new, Collectors.toList()));
        for (List<Seen> part : parts.values()) {
            if (part.size() <= MOST_ALONE) {
                part.forEach(one -> messages.add(alone(one)));
            } else {
                messages.add(together(part));
            }
        }
    }

    private Message alone(Seen one) {
        Change change = one.change();
        String subject = one.table().equals(TableSights.SOURCE) ? "source" : one.table();
        String kind = change.kind().word();
        return new Message(
                kind,
                one.table(),
                List.of(),
                now,
                now,
                1,
                subject + ": " + kind,
                subject + ": " + change.reason(),
                change.counts(),
                null);
    }

    private Message together(List<Seen> part) {
        Change change = part.get(0).change();
        String kind = change.kind().word();
        List<String> tables = part.stream().map(Seen::table).toList();
        String subject = tables.size() + " tables";
        int more = tables.size() - MOST_NAMES;
        String names = tables.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
        Map<String, Long> counts = new TreeMap<>();
        counts.put("tables", (long) tables.size());
        part.forEach(one -> one.change().counts().forEach((name, count) -> counts.merge(name, count, Long::sum)));
        return new Message(
                kind,
                "",
                tables,
                now,
                now,
                1,
                subject + ": " + kind,
                subject + " (" + names + "): " + change.shared(),
                counts,
                null);
    }
}
