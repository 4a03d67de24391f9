package io.postgresloader.verify;

import io.postgresloader.model.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Counts the rows of one comparison and passes on each difference. Not safe for use by several threads. */
final class ComparisonCounts {
    private final String table;
    private final Function<List<RowKey>, Collection<RowKey>> deadLetters;
    private final Consumer<Difference> found;
    private final Map<Difference.Kind, Long> counts = new EnumMap<>(Difference.Kind.class);
    private final List<Difference> unsettled = new ArrayList<>();
    private long equal;
    private long deadLettered;
    private Optional<Comparison.Began> began = Optional.empty();

    /**
     * @param deadLetters finds those of some keys that have an open dead letter
     * @param found receives each difference that has no open dead letter
     */
    ComparisonCounts(String table, Function<List<RowKey>, Collection<RowKey>> deadLetters, Consumer<Difference> found) {
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

    /** A row that differs. It is counted by {@link #settle}. */
    void differs(Difference.Kind kind, RowKey key) {
        unsettled.add(new Difference(table, kind, key));
    }

    /** Counts the rows that differ: those with an open dead letter apart. */
    void settle() {
        List<RowKey> inSource = unsettled.stream()
                .filter(difference -> difference.kind() != Difference.Kind.EXTRA)
                .map(Difference::key)
                .toList();
        Set<RowKey> open = inSource.isEmpty() ? Set.of() : new HashSet<>(deadLetters.apply(inSource));
        for (Difference difference : unsettled) {
            if (difference.kind() != Difference.Kind.EXTRA && open.contains(difference.key())) {
                deadLettered++;
            } else {
                counts.merge(difference.kind(), 1L, Long::sum);
                found.accept(difference);
            }
        }
        unsettled.clear();
    }

    /** @param when as in {@link Comparison#began}; empty until it is set */
    void began(Optional<Comparison.Began> when) {
        began = when;
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
                Optional.empty(),
                began);
    }
}
