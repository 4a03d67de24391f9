package io.postgresloader.model;

/**
 * Some consecutive rows of a page in PostgreSQL's COPY text format. A page is kept in segments of a few megabytes, so that
 * it needs no array that grows, and no row is spread over two of them.
 *
 * @param bytes the encoded rows
 * @param ends the end offset of each row within {@code bytes}
 * @param firstRow the index of the first row within the page
 */
public record RowSegment(byte[] bytes, int[] ends, int firstRow) {
    /** The index behind that of the last row. */
    int behind() {
        return firstRow + ends.length;
    }

    /** Where a row of the page begins within {@link #bytes}. */
    int start(int row) {
        return row == firstRow ? 0 : ends[row - firstRow - 1];
    }

    /** Where a row of the page ends within {@link #bytes}. */
    int end(int row) {
        return ends[row - firstRow];
    }
}
