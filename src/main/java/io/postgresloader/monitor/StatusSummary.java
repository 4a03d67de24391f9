package io.postgresloader.monitor;

import io.postgresloader.tracking.LoaderRecords;
import io.postgresloader.tracking.TableClaims.Claim;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The state of all tables of the list in a sentence. What is loaded and complete is said of the tables that loads keep
 * current: not of those that failed, are overdue, paused or were never loaded, which are counted instead.
 *
 * @param loadedUpTo up to when all of these tables are loaded; empty: there are none
 * @param completeUpTo up to when those of them are complete that claim it; empty: none does
 * @param attention how many tables need attention
 * @param text for example {@code 91 of 93 tables are loaded up to 06:58 UTC and complete up to 02:10 UTC; 2 tables need
 *     attention.}
 */
record StatusSummary(Optional<Instant> loadedUpTo, Optional<Instant> completeUpTo, int attention, String text) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm' UTC'", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm' UTC'", Locale.ROOT);

    /** @param now the target's clock */
    static StatusSummary of(
            List<TableHealth> all, Map<String, Claim> claims, List<LoaderRecords.Loader> loaders, Instant now) {
        List<TableHealth> listed = all.stream()
                .filter(table -> table.severity() != Severity.NOT_CONFIGURED)
                .toList();
        List<Claim> current = listed.stream()
                .filter(StatusSummary::current)
                .map(table -> claims.getOrDefault(table.line().table(), Claim.NONE))
                .filter(claim -> claim.loadedUpTo().isPresent())
                .toList();
        int attention = (int) listed.stream()
                .filter(table -> table.severity().needsAttention())
                .count();
        Optional<Instant> loaded = least(current, Claim::loadedUpTo);
        Optional<Instant> complete = least(current, Claim::completeUpTo);
        List<String> parts = new ArrayList<>();
        parts.add(loaded(listed.size(), current, loaded, complete, now));
        count(listed, Severity.PENDING, " was", " were").ifPresent(text -> parts.add(text + " never loaded"));
        count(listed, Severity.PAUSED, " is", " are").ifPresent(text -> parts.add(text + " paused"));
        if (attention > 0) {
            parts.add(tables(attention) + (attention == 1 ? " needs" : " need") + " attention");
        }
        if (loaders.stream().noneMatch(loader -> loader.state() == LoaderRecords.State.RUNNING)) {
            parts.add("no loader runs");
        }
        return new StatusSummary(loaded, complete, attention, String.join("; ", parts) + ".");
    }

    /** The sentence while the target does not answer. */
    static String silent(String text, Instant since) {
        return "The target has not answered since " + CLOCK.format(since.atZone(ZoneOffset.UTC)) + ". Before that: "
                + text;
    }

    private static boolean current(TableHealth table) {
        return table.severity() == Severity.NONE && !table.overdue()
                || table.severity() == Severity.DEAD_LETTERS && !table.overdue()
                || table.severity() == Severity.DIFFERS && !table.overdue();
    }

    private static Optional<Instant> least(List<Claim> claims, Function<Claim, Optional<Instant>> time) {
        return claims.stream().map(time).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    private static String loaded(
            int all, List<Claim> current, Optional<Instant> loaded, Optional<Instant> complete, Instant now) {
        if (all == 0) {
            return "No table is in the table list";
        }
        if (loaded.isEmpty()) {
            return all == 1 ? "The table is not loaded" : "None of " + tables(all) + " is loaded";
        }
        String which = which(all, current.size());
        long proven = current.stream()
                .filter(claim -> claim.completeUpTo().isPresent())
                .count();
        String text = which + " loaded up to " + clock(loaded.get(), now);
        if (proven == 0) {
            return text;
        }
        String completeUpTo = clock(complete.orElseThrow(), now);
        if (proven == current.size() && completeUpTo.equals(clock(loaded.get(), now))) {
            return which + " loaded and complete up to " + completeUpTo;
        }
        return text
                + (proven == current.size() ? " and complete up to " : ", " + proven + " of them complete up to ")
                + completeUpTo;
    }

    private static String which(int all, int current) {
        if (all == 1) {
            return "The table is";
        }
        return current == all
                ? "All " + all + " tables are"
                : current + " of " + all + " tables " + (current == 1 ? "is" : "are");
    }

    private static Optional<String> count(List<TableHealth> tables, Severity severity, String one, String many) {
        int count = (int)
                tables.stream().filter(table -> table.severity() == severity).count();
        return count == 0 ? Optional.empty() : Optional.of(tables(count) + (count == 1 ? one : many));
    }

    private static String tables(int count) {
        return count == 1 ? "1 table" : count + " tables";
    }

    /** With the day, unless it is that of the target's clock. */
    private static String clock(Instant time, Instant now) {
        boolean today = Objects.equals(time.truncatedTo(ChronoUnit.DAYS), now.truncatedTo(ChronoUnit.DAYS));
        return (today ? CLOCK : DAY).format(time.atZone(ZoneOffset.UTC));
    }
}
