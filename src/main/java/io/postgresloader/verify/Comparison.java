package io.postgresloader.verify;

import java.time.Instant;
import java.util.Optional;

/**
 * The result of comparing a table with the source, counted in rows.
 *
 * @param table the table
 * @param equal rows that are equal on both sides
 * @param missing rows that only the source has
 * @param different rows that differ
 * @param extra rows that only the target has
 * @param deadLettered rows that are missing or different and have an open dead letter; they count as neither
 * @param seconds duration of the comparison
 * @param failure why the table could not be compared; empty: it was compared
 * @param began when the comparison of all rows began; empty: not all rows were compared, a load of the table ran then, or
 *     another server answered than the one that the table was loaded from
 */
public record Comparison(
        String table,
        long equal,
        long missing,
        long different,
        long extra,
        long deadLettered,
        double seconds,
        Optional<String> failure,
        Optional<Began> began) {
    /**
     * The beginning of a comparison while no load of the table ran.
     *
     * @param horizon the time up to which the source was complete
     * @param epoch the epoch of the last load
     */
    public record Began(Instant horizon, long epoch) {}

    /** Numbers that prove nothing of the source at one time. */
    public Comparison(
            String table,
            long equal,
            long missing,
            long different,
            long extra,
            long deadLettered,
            double seconds,
            Optional<String> failure) {
        this(table, equal, missing, different, extra, deadLettered, seconds, failure, Optional.empty());
    }

    static Comparison failed(String table, String failure) {
        return new Comparison(table, 0, 0, 0, 0, 0, 0, Optional.of(failure));
    }

    /** The rows that were compared. */
    public long rows() {
        return equal + missing + different + extra + deadLettered;
    }

    /** Whether every row of the source is equal in the target or an open dead letter. */
    public boolean complete() {
        return failure.isEmpty() && missing + different == 0;
    }

    /** Whether every row of the source is equal in the target or an open dead letter, and the target has no extra row. */
    public boolean proven() {
        return complete() && extra == 0;
    }
}
