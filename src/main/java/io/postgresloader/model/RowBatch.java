package io.postgresloader.model;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rows in PostgreSQL's COPY text format: a range of a page that one upsert writes. The bytes are shared, not copied.
 *
 * @param bytes the encoded rows of the whole page
 * @param ends the end offset of each row of the page within {@code bytes}
 * @param from the first row of this batch
 * @param to the row after the last one of this batch
 */
public record RowBatch(byte[] bytes, int[] ends, int from, int to) {
    public RowBatch {
        if (from < 0 || from > to || to > ends.length) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " of " + ends.length);
        }
    }

    public int rows() {
        return to - from;
    }

    /** Where row {@code index} of the page begins within {@link #bytes}. */
    public int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** The size of this batch in bytes. */
    public int size() {
        return rows() == 0 ? 0 : ends[to - 1] - start(from);
    }

    public RowBatch slice(int sliceFrom, int sliceTo) {
        return new RowBatch(bytes, ends, sliceFrom, sliceTo);
    }

    /** The cells of one row in COPY format, with escapes; {@code \N} is NULL. */
    public List<String> cells(int index) {
        int start = start(index);
        int lengthWithoutNewline = ends[index] - start - 1;
        String line = new String(bytes, start, lengthWithoutNewline, StandardCharsets.UTF_8);
        return List.of(line.split("\t", -1));
    }
}
