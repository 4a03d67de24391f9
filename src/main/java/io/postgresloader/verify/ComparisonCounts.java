package io.postgresloader.verify;

import io.postgresloader.model.RowKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Counts the rows of one comparison and passes on each difference. Not safe for use by several threads. */
final class ComparisonCounts {
    private final String table;
    private final Set<RowKey> deadLetters;
    private final Consumer<Difference> found;
    private final Map<Difference.Kind, Long> counts = new EnumMap<>(Difference.Kind.class);
    private long equal;
    private long deadLettered;

    /**
     * @param deadLetters the keys of the table's open dead letters
     * @param found receives each difference that has no open dead letter
     */
    ComparisonCounts(String table, Set<RowKey> deadLetters, Consumer<Difference> found) {
        this.table = table;
        this.deadLetters = deadLetters;
        this.found = found;
    }

    void equal() {
        equal++;
    }

    /** Adds rows of a table without a key. Such rows can only be counted. */
    void add(long equalRows, long missing, long extra) {
        equal += equalRows;
        counts.merge(Difference.Kind.MISSING, missing, Long::sum);
        counts.merge(Difference.Kind.EXTRA, extra, Long::sum);
    }

    void differs(Difference.Kind kind, RowKey key) {
        if (kind != Difference.Kind.EXTRA && deadLetters.contains(key)) {
            deadLettered++;
            return;
        }
        counts.merge(kind, 1L, Long::sum);
        found.accept(new Difference(table, kind, key));
    }

    /** Rows compared so far. */
    long rows() {
        return equal
                + deadLettered
                + counts.values().stream().mapToLong(Long::longValue).sum();
    }

    Comparison toComparison(double seconds) {
        return new Comparison(
                table,
                equal,
                counts.getOrDefault(Difference.Kind.MISSING, 0L),
                counts.getOrDefault(Difference.Kind.DIFFERENT, 0L),
                counts.getOrDefault(Difference.Kind.EXTRA, 0L),
                deadLettered,
                seconds,
                Optional.empty());
    }
}
