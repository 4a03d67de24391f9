package io.postgresloader.faults;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the server answered to the writers: that a write is committed, that it is not, or nothing. */
final class Ledger {
    /** What became of a transaction. */
    enum Outcome {
        COMMITTED,
        ROLLED_BACK,
        /** The connection was lost before the answer came. */
        UNKNOWN
    }

    /**
     * A write with its place among those to the same row: a writer of a row waits until the transaction before has
     * ended, so that the order in which statements return is the order of the row's versions.
     *
     * @param ended when the answer came, by the clock of this machine, which is the source's as well; null: it has not
     */
    record Entry(long place, Write write, Outcome outcome, Instant ended) {
        Entry(long place, Write write, Outcome outcome) {
            this(place, write, outcome, null);
        }
    }

    private final Map<String, List<Entry>> histories = new HashMap<>();
    private final Map<String, Outcome> tokens = new HashMap<>();
    private final Set<String> visibleTokens = new HashSet<>();
    private final Set<String> lostTokens = new HashSet<>();
    private long places;

    /** The next place; to be taken when a statement returns. */
    synchronized long place() {
        return places++;
    }

    synchronized void close(List<Entry> entries, Outcome outcome) {
        for (Entry entry : entries) {
            Write write = entry.write();
            histories
                    .computeIfAbsent(name(write.table(), write.key().shown()), k -> new ArrayList<>())
                    .add(new Entry(entry.place(), write, outcome, Instant.now()));
            write.token().ifPresent(token -> {
                tokens.put(token, outcome);
                if (write.visible()) {
                    visibleTokens.add(token);
                }
            });
        }
    }

    /** A row may have been inserted, and nobody knows its key. */
    synchronized void lost(String token) {
        lostTokens.add(token);
    }

    synchronized boolean isLost(String token) {
        return lostTokens.contains(token);
    }

    synchronized boolean isVisible(String token) {
        return visibleTokens.contains(token);
    }

    /** Whether a row with this token may be anywhere at all. */
    synchronized boolean mayExist(String token) {
        return token.equals(StormTable.SEED_TOKEN)
                || lostTokens.contains(token)
                || tokens.containsKey(token) && tokens.get(token) != Outcome.ROLLED_BACK;
    }

    synchronized Set<String> keys(StormTable table) {
        Set<String> keys = new HashSet<>();
        String prefix = name(table, "");
        histories.keySet().stream()
                .filter(k -> k.startsWith(prefix))
                .forEach(k -> keys.add(k.substring(prefix.length())));
        return keys;
    }

    /**
     * The tokens that a row may hold now: that of the last write that the server acknowledged as committed, and
     * those of later ones without an answer. Empty: the row may be deleted.
     */
    synchronized Set<Optional<String>> possible(StormTable table, String shownKey, boolean seeded) {
        return possible(table, shownKey, seeded, Instant.MAX, false);
    }

    /**
     * The tokens that a row may hold where everything has arrived that was committed at a time: that of the last write
     * before, and those of all later ones.
     *
     * @param visible whether only what increments see has to be there
     */
    synchronized Set<Optional<String>> possible(
            StormTable table, String shownKey, boolean seeded, Instant time, boolean visible) {
        List<Entry> history = new ArrayList<>(histories.getOrDefault(name(table, shownKey), List.of()));
        history.sort(Comparator.comparingLong(Entry::place));
        Set<Optional<String>> possible = new HashSet<>();
        possible.add(seeded ? Optional.of(StormTable.SEED_TOKEN) : Optional.empty());
        Set<Optional<String>> before = new HashSet<>(possible);
        for (Entry entry : history) {
            if (entry.outcome() == Outcome.COMMITTED
                    && entry.ended().isBefore(time)
                    && (!visible || entry.write().visible())) {
                possible.clear();
            }
            if (entry.outcome() != Outcome.ROLLED_BACK) {
                possible.add(entry.write().token());
                before.add(entry.write().token());
            }
            if (visible && !entry.write().visible() && entry.outcome() != Outcome.ROLLED_BACK) {
                // A delete, or an edit that sets the cursor column back, hides the write before it from increments.
                possible.addAll(before);
            }
        }
        return possible;
    }

    synchronized long count(Outcome outcome) {
        return histories.values().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.outcome() == outcome)
                .count();
    }

    private static String name(StormTable table, String shownKey) {
        return table + ":" + shownKey;
    }
}
