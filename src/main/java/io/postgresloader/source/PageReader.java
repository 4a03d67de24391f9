package io.postgresloader.source;

import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.RowKey;
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
    private final String table;
    private final RowFormat rowFormat;
    private final KeyFormat keyFormat;
    private final CopyBuffer buffer = new CopyBuffer();
    private final List<DeadLetter> rejected = new ArrayList<>();
    private int[] ends = new int[1024];
    private int rows;
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
        while (taken < maxRows && buffer.length() < maxBytes && source.hasNext()) {
            RawRow row = source.next();
            keep(row);
            append(row);
            taken++;
        }
        boolean exhausted = taken < maxRows && !source.hasNext();
        if (!exhausted) {
            requireValidText(last);
        }
        return new Page(
                new RowBatch(buffer.bytes(), Arrays.copyOf(ends, rows), 0, rows),
                rejected,
                last == null ? RowKey.NONE : keyFormat.read(last),
                exhausted,
                buffer.mapped());
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
                            + " not valid in its"
                            + " character set, so"
                            + " that nothing can be"
                            + " read behind it;"
                            + " correct the row in"
                            + " the source"));
        });
    }

    private void append(RawRow row) {
        Optional<RowFault> error = keyFormat.fault(row).or(() -> rowFormat.append(row, buffer));
        if (error.isPresent()) {
            rejected.add(new DeadLetter(
                    table,
                    keyFormat.read(row),
                    error.get().failure(),
                    error.get().column()));
            return;
        }
        if (rows == ends.length) {
            ends = Arrays.copyOf(ends, 2 * rows);
        }
        ends[rows++] = buffer.length();
    }
}
