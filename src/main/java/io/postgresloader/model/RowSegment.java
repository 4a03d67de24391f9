package io.postgresloader.model;

/**
 * Some consecutive rows of a page in PostgreSQL's COPY text format. A page is kept in segments of a few megabytes, so that
 * it needs no array that grows, and no row is spread over two of them.
 */
public final class RowSegment {
    private final int[] ends;
    private final int firstRow;
    private byte[] bytes;

    /**
     * @param bytes the encoded rows
     * @param ends the end offset of each row within {@code bytes}
     * @param firstRow the index of the first row within the page
     */
    public RowSegment(byte[] bytes, int[] ends, int firstRow) {
        this.bytes = bytes;
        this.ends = ends;
        this.firstRow = firstRow;
    }

    /**
     * The encoded rows.
     *
     * @throws IllegalStateException after {@link #release}
     */
    byte[] bytes() {
        if (bytes == null) {
            throw new IllegalStateException("these rows are released: their memory may belong to another page");
        }
        return bytes;
    }

    /** Gives the memory to the pages that are read from now on. */
    void release() {
        byte[] released = bytes();
        bytes = null;
        PageMemory.give(released);
    }

    /** The index of the first row within the page. */
    int firstRow() {
        return firstRow;
    }

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
