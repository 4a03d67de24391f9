package io.postgresloader.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of one bounded read of the source.
 *
 * @param rows all rows that could be encoded, as one batch
 * @param deadLetters rows that could not be encoded
 * @param lastKey the key of the last row read; {@link RowKey#NONE} if there was no row
 * @param exhausted whether the selection has no further rows
 * @param mapped values of the encoded rows that a policy changed
 */
public record Page(RowBatch rows, List<DeadLetter> deadLetters, RowKey lastKey, boolean exhausted, MappedValues mapped)
        implements DeadLetters {
    public Page {
        deadLetters = List.copyOf(deadLetters);
    }

    /** Rows read from the source. */
    public long pulled() {
        return rows.rows() + deadLetters.size();
    }

    /**
     * The rows in batches; at least one, which may be empty.
     *
     * @param size the most rows of a batch, at least 1
     */
    public List<RowBatch> batches(int size) {
        if (rows.rows() <= size) {
            return List.of(rows);
        }
        List<RowBatch> batches = new ArrayList<>();
        for (int from = rows.from(); from < rows.to(); from += size) {
            batches.add(rows.slice(from, Math.min(rows.to(), from + size)));
        }
        return batches;
    }
}
