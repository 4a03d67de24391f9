package io.postgresloader.verify;

import java.util.Optional;

/**
 * What the comparison of a table found, in rows.
 *
 * @param table the table
 * @param equal rows that are the same on both sides
 * @param missing rows that only the source has
 * @param different rows that differ
 * @param extra rows that only the target has
 * @param quarantined rows that are missing or stale, and have an open dead letter
 * @param seconds how long it took
 * @param failure why the table could not be compared; empty: it was
 */
public record Comparison(
        String table,
        long equal,
        long missing,
        long different,
        long extra,
        long quarantined,
        double seconds,
        Optional<String> failure) {

    static Comparison failed(String table, String failure) {
        return new Comparison(table, 0, 0, 0, 0, 0, 0, Optional.of(failure));
    }

    /** Whether every row of the source is in the target as it is, or an open dead letter. */
    public boolean complete() {
        return failure.isEmpty() && missing + different == 0;
    }

    /** Whether every row of the source is in the target as it is, or an open dead letter, and no other row is. */
    public boolean proven() {
        return complete() && extra == 0;
    }
}
