package io.postgresloader.model;

import java.time.Duration;
import java.util.List;

/**
 * How a table's cursor columns show which rows changed.
 *
 * @param columns the cursor columns, most reliable first; empty: none
 * @param logic how the conditions on several columns are combined
 * @param bounds the range of valid dates in these columns
 * @param lookback how far below its watermark a load reads again, for transactions that committed late
 */
public record CursorOptions(List<String> columns, CursorLogic logic, DateBounds bounds, Duration lookback) {
    public static final CursorOptions DEFAULT =
            new CursorOptions(List.of(), CursorLogic.OR, DateBounds.DEFAULT, Duration.ofMinutes(5));

    public CursorOptions {
        columns = List.copyOf(columns);
    }

    /** These options with another lookback. */
    public CursorOptions lookingBack(Duration newLookback) {
        return new CursorOptions(columns, logic, bounds, newLookback);
    }
}
