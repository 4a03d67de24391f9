package io.postgresloader.load.run;

import io.postgresloader.model.DeadLetter;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why rows of a load became dead letters. For a resumed load it covers only the rows that this process read.
 *
 * @param rows number of rows by reason
 * @param conflicts number of rows that conflict with another row of the target, which may change before the load ends
 */
record DeadLetterReasons(Map<String, Long> rows, long conflicts) {
    static final DeadLetterReasons NONE = new DeadLetterReasons(Map.of(), 0);

    /** SQLSTATE of a row that is in conflict with another one. */
    private static final String CONFLICT = "23505";

    DeadLetterReasons {
        rows = Map.copyOf(rows);
    }

    static DeadLetterReasons of(Collection<DeadLetter> deadLetters) {
        Map<String, Long> rows = new HashMap<>();
        deadLetters.forEach(row -> rows.merge(reason(row), 1L, Long::sum));
        long conflicts = deadLetters.stream()
                .filter(row -> row.failure().sqlState().filter(CONFLICT::equals).isPresent())
                .count();
        return new DeadLetterReasons(rows, conflicts);
    }

    DeadLetterReasons plus(DeadLetterReasons other) {
        if (other.rows.isEmpty()) {
            return this;
        }
        Map<String, Long> sum = new HashMap<>(rows);
        other.rows.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return new DeadLetterReasons(sum, conflicts + other.conflicts);
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
