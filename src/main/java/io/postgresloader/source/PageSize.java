package io.postgresloader.source;

import io.postgresloader.model.Page;

/**
 * How many rows to ask the source for: as many as fit into a page's bytes, by the size of the rows seen last.
 *
 * @param maxRows the most rows of a page
 * @param maxBytes the size of a page, encoded; it ends with the row that reaches it
 * @param rowBytes the expected size of a row, encoded, at least 1
 */
public record PageSize(int maxRows, long maxBytes, long rowBytes) {
    private static final long UNKNOWN_ROW_BYTES = 256;

    /** @param declaredRowBytes the source's estimate of a row's size; 0 when it has none */
    public static PageSize of(int maxRows, long maxBytes, long declaredRowBytes) {
        return new PageSize(maxRows, maxBytes, declaredRowBytes > 0 ? declaredRowBytes : UNKNOWN_ROW_BYTES);
    }

    /** The rows to ask for, at least 1. */
    public int rows() {
        return (int) Math.max(1, Math.min(maxRows, maxBytes / rowBytes));
    }

    /** The size of the page that follows this one. */
    public PageSize after(Page page) {
        int rows = page.rows().rows();
        return rows == 0
                ? this
                : new PageSize(maxRows, maxBytes, Math.max(1, page.rows().size() / rows));
    }
}
