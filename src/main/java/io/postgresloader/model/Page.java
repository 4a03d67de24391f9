package io.postgresloader.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of one bounded read of the source.
 *
 * @param rows all rows that could be encoded, as one batch
 * @param deadLetters rows that could not be encoded
 * @param lastKey the key behind which the next page begins; {@link RowKey#NONE} if there was no row
 * @param exhausted whether the selection has no further rows
 * @param mapped values of the encoded rows that a policy changed
 * @param seconds how long the source was read
 * @param scanned whether it was read by a scan of the table
 */
public record Page(
        RowBatch rows,
        List<DeadLetter> deadLetters,
        RowKey lastKey,
        boolean exhausted,
        MappedValues mapped,
        double seconds,
        boolean scanned)
        implements DeadLetters {
    public Page {
        deadLetters = List.copyOf(deadLetters);
    }

    public Page(RowBatch rows, List<DeadLetter> deadLetters, RowKey lastKey, boolean exhausted, MappedValues mapped) {
        this(rows, deadLetters, lastKey, exhausted, mapped, 0, false);
    }

    /** The same page, with the time that it took, and whether it was read by a scan. */
    public Page readIn(Duration time, boolean byScan) {
        return new Page(rows, deadLetters, lastKey, exhausted, mapped, time.toNanos() / 1e9, byScan);
    }

    /** Gives the memory of the rows to other pages; from then on they cannot be read any more. */
    public void release() {
        rows.segments().forEach(RowSegment::release);
    }

    /** Rows read from the source. */
    public long pulled() {
        return rows.rows() + deadLetters.size();
    }

    /**
     * The rows in batches; at least one, which may be empty. Rows in no order stay together: most of them are for an
     * empty range of the target's keys, and the second of two batches would not find it empty.
     *
     * @param size the most rows of a batch, at least 1
     */
    public List<RowBatch> batches(int size) {
        if (rows.rows() <= size || !rows.inOrder()) {
            return List.of(rows);
        }
        List<RowBatch> batches = new ArrayList<>();
        for (int from = rows.from(); from < rows.to(); from += size) {
            batches.add(rows.slice(from, Math.min(rows.to(), from + size)));
        }
        return batches;
    }
}
