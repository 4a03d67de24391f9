package io.postgresloader.analyze;

/**
 * Statistics of one column over the sampled rows of a table. All fields count rows; no value of a row is kept.
 *
 * @param rows the sampled rows
 * @param nulls rows with NULL
 * @param zeros rows with 0000-00-00, or with a zero month or day
 * @param before rows with a valid date before the lower bound
 * @param after rows with a valid date after the upper bound
 * @param future rows with a date inside the bounds that is more than a day after the source's clock
 * @param pairs pairs of neighbours in key order that both have a date inside the bounds
 * @param back pairs whose second date is more than a day before the first
 */
public record ColumnEvidence(
        long rows, long nulls, long zeros, long before, long after, long future, long pairs, long back) {
    /** Fewer pairs are not significant. */
    private static final long ENOUGH_PAIRS = 200;

    /** The tolerated share of pairs out of order, caused by clocks, imports and manual corrections. */
    private static final double DISORDER = 0.005;

    private static final double FUTURE = 0.01;

    /** Rows with a date inside the bounds. */
    public long inside() {
        return rows - nulls - zeros - before - after;
    }

    /** Rows with a date outside the bounds, or with a zero date. */
    public long outside() {
        return zeros + before + after;
    }

    boolean empty() {
        return rows > 0 && inside() == 0;
    }

    boolean reachesIntoTheFuture() {
        return future > inside() * FUTURE;
    }

    boolean showsOrder() {
        return pairs >= ENOUGH_PAIRS;
    }

    /** The same without what the order of the keys shows: keys that are handed out at random show nothing. */
    ColumnEvidence withoutOrder() {
        return new ColumnEvidence(rows, nulls, zeros, before, after, future, 0, 0);
    }

    boolean inKeyOrder() {
        return showsOrder() && back <= pairs * DISORDER;
    }
}
