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
 * The state of all tables of the list in words. What is loaded and complete is said of the tables that loads keep current:
 * which need nothing. Tables that need attention, are paused or were never loaded are counted before; each table counts once.
 *
 * @param loadedUpTo up to when all of these tables are loaded; empty: there are none
 * @param completeUpTo up to when those of them are complete that claim it; empty: none does
 * @param attention how many tables need attention
 * @param text for example {@code 3 of 93 tables need attention. The other 90 are loaded up to 06:58 UTC and complete up to
 *     02:10 UTC.}
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
        List<TableHealth> inOrder =
                listed.stream().filter(StatusSummary::isInOrder).toList();
        List<Claim> current = inOrder.stream()
                .map(table -> claims.getOrDefault(table.line().table(), Claim.NONE))
                .filter(claim -> claim.loadedUpTo().isPresent())
                .toList();
        int attention = (int) listed.stream()
                .filter(table -> table.severity().needsAttention())
                .count();
        Optional<Instant> loaded = least(current, Claim::loadedUpTo);
        Optional<Instant> complete = least(current, Claim::completeUpTo);
        List<String> sentences = new ArrayList<>();
        Optional<String> needs = needs(listed, attention, listed.size() - inOrder.size());
        needs.ifPresent(sentences::add);
        if (needs.isEmpty() || !inOrder.isEmpty()) {
            sentences.add(loaded(listed.size(), inOrder.size(), current, loaded, complete, now));
        }
        if (loaders.stream().noneMatch(loader -> loader.state() == LoaderRecords.State.RUNNING)) {
            sentences.add("No loader runs");
        }
        return new StatusSummary(loaded, complete, attention, String.join(". ", sentences) + ".");
    }

    /**
     * How many tables need what; empty: none needs anything.
     *
     * @param others how many of the tables are not in order
     */
    private static Optional<String> needs(List<TableHealth> listed, int attention, int others) {
        List<String> parts = new ArrayList<>();
        add(parts, listed.size(), attention, " needs attention", " need attention");
        int paused = count(listed, Severity.PAUSED);
        add(parts, listed.size(), paused, " is paused", " are paused");
        int pending = count(listed, Severity.PENDING);
        add(parts, listed.size(), pending, " was never loaded", " were never loaded");
        add(parts, listed.size(), others - attention - paused - pending, " is late", " are late");
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    private static void add(List<String> parts, int all, int count, String one, String many) {
        if (count > 0) {
            String first = all == 1 ? "The table" : count == all ? "All " + tables(all) : count + " of " + tables(all);
            parts.add((parts.isEmpty() ? first : String.valueOf(count)) + (count == 1 ? one : many));
        }
    }

    /** The sentence while the target does not answer. */
    static String silent(String text, Instant since) {
        return "The target has not answered since " + CLOCK.format(since.atZone(ZoneOffset.UTC)) + ". Before that: "
                + text;
    }

    private static boolean isInOrder(TableHealth table) {
        return table.severity() == Severity.NONE && !table.overdue();
    }

    private static Optional<Instant> least(List<Claim> claims, Function<Claim, Optional<Instant>> time) {
        return claims.stream().map(time).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /** What is said of the tables that are in order. */
    private static String loaded(
            int all,
            int inOrder,
            List<Claim> current,
            Optional<Instant> loaded,
            Optional<Instant> complete,
            Instant now) {
        if (all == 0) {
            return "No table is in the table list";
        }
        if (loaded.isEmpty()) {
            return inOrder == 1
                    ? (all == 1 ? "The table" : "The other one") + " is not loaded"
                    : "None of " + (inOrder < all ? "the other " + inOrder : tables(all)) + " is loaded";
        }
        String which = which(all, inOrder, current.size());
        String text = which + " loaded up to " + clock(loaded.get(), now);
        long proven = current.stream()
                .filter(claim -> claim.completeUpTo().isPresent())
                .count();
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

    /** The tables that are loaded, of those that are in order, and the verb. */
    private static String which(int all, int inOrder, int loaded) {
        if (all == 1) {
            return "The table is";
        }
        if (inOrder < all) {
            return loaded < inOrder
                    ? loaded + " of the other " + inOrder + verb(loaded)
                    : inOrder == 1 ? "The other one is" : "The other " + inOrder + " are";
        }
        return loaded < all ? loaded + " of " + tables(all) + verb(loaded) : "All " + tables(all) + " are";
    }

    private static String verb(int count) {
        return count == 1 ? " is" : " are";
    }

    private static int count(List<TableHealth> tables, Severity severity) {
        return (int)
                tables.stream().filter(table -> table.severity() == severity).count();
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
