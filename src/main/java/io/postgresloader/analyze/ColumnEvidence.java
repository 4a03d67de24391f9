package io.postgresloader.analyze;

/**
 * What the sampled rows of a table say of one of its columns, in numbers of rows; no value of any row.
 *
 * @param rows how many were looked at
 * @param nulls NULL
 * @param zeros 0000-00-00, or a zero month or day
 * @param before real dates before the first that counts
 * @param after real dates after the last that counts
 * @param future of the dates that count those more than a day after the source's clock
 * @param pairs neighbours in key order that both have a date that counts
 * @param back of these pairs those whose second date lies more than a day before the first
 */
public record ColumnEvidence(
        long rows, long nulls, long zeros, long before, long after, long future, long pairs, long back) {
    /** Fewer neighbours prove nothing. */
    private static final long ENOUGH_PAIRS = 200;

    /** What clocks, imports and corrections by hand put out of order. */
    private static final double DISORDER = 0.005;

    private static final double FUTURE = 0.01;

    /** Rows with a date that counts. */
    public long inside() {
        return rows - nulls - zeros - before - after;
    }

    /** Rows with something that the bounds leave out. */
    public long outside() {
        return zeros + before + after;
    }

    boolean empty() {
        return rows > 0 && inside() == 0;
    }

    boolean reachesIntoTheFuture() {
        return future > inside() * FUTURE;
    }

    boolean tellsOrder() {
        return pairs >= ENOUGH_PAIRS;
    }

    boolean inKeyOrder() {
        return tellsOrder() && back <= pairs * DISORDER;
    }
}
