package io.postgresloader.model;

import java.util.List;

/**
 * What one bounded read of the source brought.
 *
 * @param rows all rows that could be encoded, as one batch
 * @param rejected rows that could not be encoded
 * @param lastKey the key of the last row read, in text form; empty when there was no row
 * @param exhausted whether the selection has no further rows
 * @param mapped values of the encoded rows that a policy changed
 */
public record Page(
        RowBatch rows, List<DeadLetter> rejected, List<String> lastKey, boolean exhausted, MappedValues mapped) {
    public Page {
        rejected = List.copyOf(rejected);
        lastKey = List.copyOf(lastKey);
    }

    /** Rows read from the source. */
    public long pulled() {
        return rows.rows() + rejected.size();
    }
}
