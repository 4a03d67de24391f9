package io.postgresloader.monitor.change;

import io.postgresloader.config.settings.NotifySettings;
import io.postgresloader.tracking.Outbox.Message;
import io.postgresloader.tracking.TableSights.Memory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Once a day: how many tables are well, which are not, and what was loaded since the day before. */
public final class Digest {
    /** The word in place of a kind of change. */
    public static final String KIND = "digest";

    private static final int MOST_TABLES = 20;

    private Digest() {}

    /** The newest day whose digest is due now. */
    public static LocalDate day(NotifySettings.Digest digest, Instant now) {
        ZonedDateTime there = now.atZone(digest.zone());
        return there.toLocalTime().isBefore(digest.at()) ? there.toLocalDate().minusDays(1) : there.toLocalDate();
    }

    /**
     * @param tables what is known of each table of the list
     * @param loads counts of the last 24 hours
     */
    public static Message of(Map<String, Memory> tables, Map<String, Long> loads, boolean sourceAway, Instant now) {
        List<String> wrong = tables.entrySet().stream()
                .filter(table -> !table.getValue().troubles().isEmpty())
                .map(table -> table.getKey() + " (" + troubles(table.getValue()) + ")")
                .toList();
        String title = sourceAway ? "the source does not answer; " : "";
        title += wrong.isEmpty()
                ? "all " + tables.size() + " tables are well"
                : wrong.size() + " of " + tables.size() + " tables need attention";
        Map<String, Long> counts = new LinkedHashMap<>(loads);
        counts.put("tables", (long) tables.size());
        counts.put("tablesInTrouble", (long) wrong.size());
        return new Message(
                KIND, "", List.of(), now, now, 1, title, title + named(wrong) + ". " + text(loads), counts, null);
    }

    private static String troubles(Memory memory) {
        return memory.troubles().entrySet().stream()
                .map(trouble -> trouble.getKey() + " since " + trouble.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String named(List<String> wrong) {
        int more = wrong.size() - MOST_TABLES;
        return (wrong.isEmpty() ? "" : ": ")
                + wrong.stream().limit(MOST_TABLES).collect(Collectors.joining("; "))
                + (more > 0 ? "; and " + more + " more" : "");
    }

    private static String text(Map<String, Long> loads) {
        return "In the last 24 hours: %s loads, %s of them failed; %s rows inserted, %s updated"
                .formatted(loads.get("loads"), loads.get("failed"), loads.get("inserted"), loads.get("updated"));
    }

    /** Whether the digest of this day is to be told; the first day is only noted. */
    static boolean due(Optional<String> last, LocalDate day) {
        return last.filter(before -> LocalDate.parse(before).isBefore(day)).isPresent();
    }
}
