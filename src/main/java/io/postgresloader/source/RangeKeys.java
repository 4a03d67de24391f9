package io.postgresloader.source;

import java.util.Arrays;
import java.util.Optional;

/** The integer keys of the rows of a range, in the order in which a scan finds them. */
final class RangeKeys {
    private static final long[] IN_ORDER = {};

    private long[] stored = new long[1024];
    private int rows;
    private boolean inOrder = true;
    private boolean any;
    private long greatest;

    /** A row was read; it may become a dead letter. */
    void seen(long key) {
        greatest = any ? Math.max(greatest, key) : key;
        any = true;
    }

    /** The row is the next one of the page. */
    void stored(long key) {
        if (rows == stored.length) {
            stored = Arrays.copyOf(stored, 2 * rows);
        }
        inOrder &= rows == 0 || stored[rows - 1] < key;
        stored[rows++] = key;
    }

    /** The greatest key of a row that was read; empty: there was none. */
    Optional<Long> greatest() {
        return any ? Optional.of(greatest) : Optional.empty();
    }

    /** The key of each row; empty when the rows are in key order. */
    long[] unlessInOrder() {
        return inOrder ? IN_ORDER : Arrays.copyOf(stored, rows);
    }
}
