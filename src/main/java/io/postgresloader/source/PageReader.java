package io.postgresloader.source;

import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.MappedValues;
import io.postgresloader.model.Page;
import io.postgresloader.model.PageMemory;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.RowSegment;
import io.postgresloader.type.CopyBuffer;
import io.postgresloader.type.KeyFormat;
import io.postgresloader.type.RawRow;
import io.postgresloader.type.RowFault;
import io.postgresloader.type.RowFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Drains one read of the source into memory at full speed, as encoded bytes. The target is not written meanwhile: a
 * reader that waits for the target holds a MyISAM table's lock, and the practice's writers wait for that lock.
 */
public final class PageReader {
    /** What a dead letter takes in memory: its key, its reason and the names around them. */
    private static final int DEAD_LETTER_BYTES = 400;

    private final String table;
    private final RowFormat rowFormat;
    private final KeyFormat keyFormat;
    private final List<RowSegment> segments = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    /** Small for a small table, unless there is a larger one. */
    private CopyBuffer buffer = PageMemory.spare().map(CopyBuffer::new).orElseGet(CopyBuffer::new);

    private int[] ends = new int[1024];
    /** The rows of the open segment. */
    private int rows;
    /** The rows of the segments before. */
    private int rowsBefore;

    private long bytesBefore;
    private MappedValues mapped = MappedValues.NONE;
    private RawRow last;

    public PageReader(String table, RowFormat rowFormat, KeyFormat keyFormat) {
        this.table = table;
        this.rowFormat = rowFormat;
        this.keyFormat = keyFormat;
    }

    /**
     * Reads until the rows end or a bound is reached.
     *
     * @param source rows in key order; each is read before the next one is asked for
     * @param maxRows the most rows to take, at least 1
     * @param maxBytes the page ends with the row that reaches this many encoded bytes
     * @return the rows taken; {@link Page#exhausted} when {@code source} ended before either bound
     * @throws LoadFailedException of kind SCHEMA when no page can begin behind the last row
     */
    public Page drain(Iterator<RawRow> source, int maxRows, long maxBytes) {
        int taken = 0;
        while (taken < maxRows && bytes() < maxBytes && source.hasNext()) {
            RawRow row = source.next();
            keep(row);
            append(row);
            taken++;
        }
        boolean exhausted = taken < maxRows && !source.hasNext();
        if (!exhausted) {
            requireValidText(last);
        }
        closeSegment();
        RowKey lastKey = last == null ? RowKey.NONE : keyFormat.read(last);
        return new Page(new RowBatch(segments), deadLetters, lastKey, exhausted, mapped);
    }

    /**
     * Reads all rows of a range of keys, which come in any order. The key is one integer column.
     *
     * @param maxBytes the most encoded bytes
     * @param end the greatest key of the range; empty: it has no end, and the page is the last one
     * @return the rows; empty when they are more than {@code maxBytes}
     */
    Optional<Page> drainRange(Iterator<RawRow> source, long maxBytes, Optional<RowKey> end) {
        RangeKeys keys = new RangeKeys();
        while (source.hasNext()) {
            if (bytes() >= maxBytes) {
                return Optional.empty();
            }
            RawRow row = source.next();
            long key = keyFormat.integer(row);
            keys.seen(key);
            if (append(row)) {
                keys.stored(key);
            }
        }
        closeSegment();
        RowBatch batch = new RowBatch(segments, keys.unlessInOrder(), 0, rowsBefore);
        RowKey lastKey = end.or(() -> keys.greatest().map(keyFormat::ofInteger)).orElse(RowKey.NONE);
        return Optional.of(new Page(batch, deadLetters, lastKey, end.isEmpty(), mapped));
    }

    /** The memory that the page takes so far. */
    private long bytes() {
        long deadLetterBytes = (long) DEAD_LETTER_BYTES * deadLetters.size();
        return bytesBefore + (buffer == null ? 0 : buffer.length()) + deadLetterBytes;
    }

    private void keep(RawRow row) {
        if (last == null) {
            last = new RawRow(row.columns());
        }
        keyFormat.keep(row, last);
    }

    /** The next page begins behind the last row of this one. */
    private void requireValidText(RawRow row) {
        keyFormat.invalidText(row).ifPresent(column -> {
            throw new LoadFailedException(new Failure(
                    FailureKind.SCHEMA,
                    Optional.empty(),
                    "table " + table + ": a page ends with a row whose key column " + column + " holds text that is"
                            + " not valid in its character set, so that nothing can be read behind it; correct the row"
                            + " in the source"));
        });
    }

    /** Whether the row could be encoded; a dead letter otherwise. */
    private boolean append(RawRow row) {
        if (buffer == null) {
            buffer = new CopyBuffer(PageMemory.take());
        }
        Optional<RowFault> error = keyFormat.fault(row).or(() -> rowFormat.append(row, buffer));
        if (error.isPresent()) {
            deadLetters.add(new DeadLetter(
                    table,
                    keyFormat.read(row),
                    error.get().failure(),
                    error.get().column()));
            return false;
        }
        if (rows == ends.length) {
            ends = Arrays.copyOf(ends, 2 * rows);
        }
        ends[rows++] = buffer.length();
        if (buffer.length() >= PageMemory.SEGMENT_BYTES) {
            closeSegment();
        }
        return true;
    }

    private void closeSegment() {
        if (buffer == null) {
            return;
        }
        mapped = mapped.plus(buffer.mapped());
        bytesBefore += buffer.length();
        if (rows > 0) {
            segments.add(new RowSegment(buffer.bytes(), Arrays.copyOf(ends, rows), rowsBefore));
            rowsBefore += rows;
            rows = 0;
        }
        buffer = null;
    }
}
