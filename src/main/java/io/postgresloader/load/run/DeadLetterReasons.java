package io.postgresloader.load.run;

import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.RowKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Why rows of a load became dead letters. For a resumed load it covers only the rows that this process read.
 *
 * @param rows number of rows that were no open dead letters before, by reason
 * @param conflicts how many of those conflict with another row of the target, which may change before the load ends
 * @param openBefore number of rows that were open dead letters already; for a resumed load all that it has met
 */
record DeadLetterReasons(Map<String, Long> rows, long conflicts, long openBefore) {
    static final DeadLetterReasons NONE = new DeadLetterReasons(Map.of(), 0, 0);

    /** SQLSTATE of a row that is in conflict with another one. */
    private static final String CONFLICT = "23505";

    DeadLetterReasons {
        rows = Map.copyOf(rows);
    }

    /** @param openBefore the keys of those that were open dead letters already */
    static DeadLetterReasons of(Collection<DeadLetter> deadLetters, Set<RowKey> openBefore) {
        Map<String, Long> rows = new HashMap<>();
        List<DeadLetter> added = deadLetters.stream()
                .filter(row -> !openBefore.contains(row.key()))
                .toList();
        added.forEach(row -> rows.merge(reason(row), 1L, Long::sum));
        long conflicts = added.stream()
                .filter(row -> row.failure().sqlState().filter(CONFLICT::equals).isPresent())
                .count();
        return new DeadLetterReasons(rows, conflicts, deadLetters.size() - added.size());
    }

    /** @param number more rows that were open dead letters already; negative for rows that are none any more */
    DeadLetterReasons plusOpenBefore(long number) {
        return new DeadLetterReasons(rows, conflicts, openBefore + number);
    }

    DeadLetterReasons plus(DeadLetterReasons other) {
        if (other.equals(NONE)) {
            return this;
        }
        Map<String, Long> sum = new HashMap<>(rows);
        other.rows.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return new DeadLetterReasons(sum, conflicts + other.conflicts, openBefore + other.openBefore);
    }

    /** The reason that most rows share, with the column where it is known; empty when there is no dead letter. */
    Optional<String> mostFrequent() {
        return rows.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static String reason(DeadLetter row) {
        return row.column().map(column -> "column " + column + ": ").orElse("")
                + row.failure().message()
                + row.failure()
                        .sqlState()
                        .map(state -> " (SQLSTATE " + state + ")")
                        .orElse("");
    }
}
