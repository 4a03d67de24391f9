package io.postgresloader.verify;

import io.postgresloader.type.KeyFormat;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Counts the rows of one comparison, and tells each difference as it is found. It belongs to one thread. */
final class Tally {
    private final String table;
    private final KeyFormat keyFormat;
    private final Set<Map<String, String>> deadLetters;
    private final Consumer<Difference> found;
    private final Map<Difference.Kind, Long> counts = new EnumMap<>(Difference.Kind.class);
    private long equal;
    private long quarantined;

    /** @param deadLetters the keys of the table's open dead letters */
    Tally(String table, KeyFormat keyFormat, Set<Map<String, String>> deadLetters, Consumer<Difference> found) {
        this.table = table;
        this.keyFormat = keyFormat;
        this.deadLetters = deadLetters;
        this.found = found;
    }

    void equal() {
        equal++;
    }

    /** Rows of a table without a key, of which nothing but their number can be told. */
    void count(long equalRows, long missing, long extra) {
        equal += equalRows;
        counts.merge(Difference.Kind.MISSING, missing, Long::sum);
        counts.merge(Difference.Kind.EXTRA, extra, Long::sum);
    }

    /** @param key in text form */
    void differs(Difference.Kind kind, List<String> key) {
        Map<String, String> named = keyFormat.named(key);
        if (kind != Difference.Kind.EXTRA && deadLetters.contains(named)) {
            quarantined++;
            return;
        }
        counts.merge(kind, 1L, Long::sum);
        found.accept(new Difference(table, kind, named));
    }

    /** Rows looked at so far. */
    long rows() {
        return equal
                + quarantined
                + counts.values().stream().mapToLong(Long::longValue).sum();
    }

    Comparison sum(double seconds) {
        return new Comparison(
                table,
                equal,
                counts.getOrDefault(Difference.Kind.MISSING, 0L),
                counts.getOrDefault(Difference.Kind.DIFFERENT, 0L),
                counts.getOrDefault(Difference.Kind.EXTRA, 0L),
                quarantined,
                seconds,
                Optional.empty());
    }
}
