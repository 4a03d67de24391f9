package io.postgresloader.load;

import io.postgresloader.model.DeadLetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts why rows of a load were refused. Of a load that was resumed it knows what this process has seen. */
final class RefusedRows {
    /** Another row has the value: that may change before the load ends. */
    static final String CONFLICT = "23505";

    private final Map<String, Long> reasons = new HashMap<>();
    private long conflicts;

    void add(List<DeadLetter> refused) {
        for (DeadLetter row : refused) {
            reasons.merge(reason(row), 1L, Long::sum);
            conflicts += row.failure().sqlState().filter(CONFLICT::equals).isPresent() ? 1 : 0;
        }
    }

    long conflicts() {
        return conflicts;
    }

    /** The reason that most rows share, with the column where it is known; empty when none was refused. */
    Optional<String> mostFrequent() {
        return reasons.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
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
