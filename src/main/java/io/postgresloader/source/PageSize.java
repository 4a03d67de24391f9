package io.postgresloader.source;

import io.postgresloader.model.Page;
import io.postgresloader.model.SourceTable;

/**
 * How much the next page asks the source for, and how it is found: as many rows as fit into a page's bytes, by the size of
 * the rows seen last, and into the time for which a reader may hold the lock of the table. Where a table may be read by
 * scans, its first page is read in key order and the second one by a scan; the cheaper way goes on.
 *
 * @param maxRows the most rows of a page
 * @param maxBytes the size of a page, encoded; it ends with the row that reaches it
 * @param rowBytes the expected size of a row, encoded, at least 1
 * @param pace the most rows that are expected to be read in time; {@link #ANY}: readers hold no lock
 * @param scannedRows the rows that a scan of the table looks at; 0: the table is read in key order
 * @param keyCost the seconds that a row took in key order; 0: not measured yet
 * @param scanCost the seconds that a row took by a scan; 0: not measured yet
 */
public record PageSize(
        int maxRows, long maxBytes, long rowBytes, int pace, long scannedRows, double keyCost, double scanCost) {
    /** No limit by time. */
    static final int ANY = Integer.MAX_VALUE;

    private static final long UNKNOWN_ROW_BYTES = 256;

    /** A reader of a table without transactions holds the table's lock for so long at the most. */
    private static final double LOCK_SECONDS = 1;

    /** A first page that even a slow server reads in time. */
    private static final int FIRST_PACE = 100_000;

    /** A scan looks at so many times the rows of its page at the most. */
    private static final int MOST_SCANS = 16;

    /** The part of the time, or of a scan's memory, that the next page should need by what the last one shows. */
    private static final double MARGIN = 0.8;

    /** @param scanLimit the largest table, in bytes, that may be read by scans */
    public static PageSize of(int maxRows, long maxBytes, SourceTable table, long scanLimit) {
        boolean scan = table.scanBytes() > 0 && table.scanBytes() <= scanLimit;
        return new PageSize(
                maxRows,
                maxBytes,
                table.averageRowBytes() > 0 ? table.averageRowBytes() : UNKNOWN_ROW_BYTES,
                table.transactional() ? ANY : FIRST_PACE,
                scan ? table.estimatedRows() : 0,
                0,
                0);
    }

    /**
     * The size of the pages of a transactional table.
     *
     * @param declaredRowBytes the source's estimate of a row's size; 0 when it has none
     */
    public static PageSize of(int maxRows, long maxBytes, long declaredRowBytes) {
        return new PageSize(
                maxRows, maxBytes, declaredRowBytes > 0 ? declaredRowBytes : UNKNOWN_ROW_BYTES, ANY, 0, 0, 0);
    }

    /** The same size with fewer rows. */
    public PageSize atMost(int rows) {
        return new PageSize(Math.min(maxRows, rows), maxBytes, rowBytes, pace, scannedRows, keyCost, scanCost);
    }

    /** The rows to ask for, at least 1. */
    public int rows() {
        return rows(maxBytes);
    }

    /** The rows of a range, at least 1. A scan cannot stop when the page is full, so that there is some room. */
    public int rangeRows() {
        return rows((long) (MARGIN * maxBytes));
    }

    private int rows(long bytes) {
        return (int) Math.max(1, Math.min(Math.min(maxRows, pace), bytes / rowBytes));
    }

    /** Whether all rows of a table that may be scanned are expected in one page. */
    public boolean scansAll() {
        return scannedRows > 0 && scannedRows < rangeRows();
    }

    /**
     * Whether the next page is a range of keys that is found by a scan of the whole table.
     *
     * @param remaining the rows that are left to read, as far as that is known
     */
    public boolean scansRange(long remaining) {
        boolean measured = keyCost > 0 && scanCost > 0;
        return scannedRows > 0
                && Math.min(remaining, rangeRows()) * MOST_SCANS >= scannedRows
                && (measured ? scanCost < keyCost : keyCost > 0);
    }

    /** The size of the page that follows this one. */
    public PageSize after(Page page) {
        int rows = page.rows().rows();
        if (rows == 0) {
            return this;
        }
        double cost = page.seconds() / rows;
        return new PageSize(
                maxRows,
                maxBytes,
                Math.max(1, page.rows().size() / rows),
                paceAfter(page),
                // Fewer rows would not make a scan shorter.
                page.scanned() && page.seconds() > LOCK_SECONDS ? 0 : scannedRows,
                page.scanned() ? keyCost : cost,
                page.scanned() ? cost : scanCost);
    }

    /** At most twice the rows of the page: the cost of a page that does not depend on its rows is not known. */
    private int paceAfter(Page page) {
        if (pace == ANY) {
            return ANY;
        }
        double times = MARGIN * LOCK_SECONDS / Math.max(1e-3, page.seconds());
        double inTime = page.pulled() * Math.min(2, times);
        // A short page says little: it is the last one, or its rows are large.
        return (int) Math.max(1, Math.min(maxRows, times < 1 ? inTime : Math.max(pace, inTime)));
    }
}
