package io.postgresloader.model;

import java.util.Locale;
import java.util.Optional;

/**
 * How a load ended.
 *
 * @param table the table
 * @param outcome whether it did what was asked
 * @param type what it read; empty when it ended before that was decided
 * @param reason why it was of that type, or why it was skipped, in words
 * @param counts what became of the rows
 * @param bytes the size of the rows that were written or found equal, as COPY carries them
 * @param seconds how long it took
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

    /** This load and another of the same table that followed it. */
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
