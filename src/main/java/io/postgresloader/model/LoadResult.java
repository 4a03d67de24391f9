package io.postgresloader.model;

import java.util.Locale;
import java.util.Optional;

/**
 * How a load ended.
 *
 * @param table the table
 * @param outcome whether the load succeeded
 * @param type what the load read; empty if it ended before that was decided
 * @param reason why the load had this type, or why it was skipped, in words
 * @param counts the results of the rows
 * @param bytes the size of the rows that were written or found equal, in COPY format
 * @param seconds the duration of the load
 * @param failure what failed; empty on success
 */
public record LoadResult(
        String table,
        Outcome outcome,
        Optional<LoadType> type,
        String reason,
        Counts counts,
        long bytes,
        double seconds,
        Optional<Failure> failure) {

    /** The combined result of this load and a following load of the same table. */
    public LoadResult plus(LoadResult next) {
        return new LoadResult(
                table,
                next.outcome,
                next.type,
                next.reason,
                counts.plus(next.counts),
                bytes + next.bytes,
                seconds + next.seconds,
                next.failure);
    }

    /** The three ways a load can end. */
    public enum Outcome {
        SUCCESS,
        FAILED,
        /** Nothing was wrong and nothing was loaded, e.g. another load of the table is under way. */
        SKIPPED;

        /** The word in meters and answers, e.g. {@code success}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
