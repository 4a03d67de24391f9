package io.postgresloader.load;

import io.postgresloader.model.Page;

/** How many rows to ask the source for: as many as fit a page's bytes, by the size of the rows seen so far. */
public final class PageSize {
    private static final long UNKNOWN_ROW_BYTES = 256;

    private final int maxRows;
    private final long maxBytes;
    private long rowBytes;

    /** @param declaredRowBytes the source's estimate of a row's size; 0 when it has none */
    public PageSize(int maxRows, long maxBytes, long declaredRowBytes) {
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
        this.rowBytes = declaredRowBytes > 0 ? declaredRowBytes : UNKNOWN_ROW_BYTES;
    }

    public int rows() {
        return (int) Math.max(1, Math.min(maxRows, maxBytes / rowBytes));
    }

    public long bytes() {
        return maxBytes;
    }

    public void seen(Page page) {
        if (page.rows().rows() > 0) {
            rowBytes = Math.max(1, page.rows().size() / page.rows().rows());
        }
    }
}
