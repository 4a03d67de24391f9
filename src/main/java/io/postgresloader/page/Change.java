package io.postgresloader.page;

import io.postgresloader.monitor.TableRow;
import io.postgresloader.monitor.TableRow.DayRows;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Rows of the last day, against the usual.
 *
 * @param rows the figure
 * @param usual the median of the days before; empty: not known, or both are zero
 * @param remark low or high, where the figure is far from the usual; empty: it is not
 */
public record Change(String rows, String usual, String remark) {
    /** Below this, a day is as good as another. */
    private static final long FEW = 100;

    private static final int FAR = 4;

    static Change of(TableRow table, ToLongFunction<DayRows> figure) {
        Optional<Long> day = table.lastDay().map(figure::applyAsLong);
        Optional<Long> usual = table.usualDay().map(figure::applyAsLong);
        boolean nothing = day.orElse(0L) == 0 && usual.orElse(0L) == 0;
        return new Change(
                Words.count(day),
                nothing ? "" : usual.map(rows -> "usual " + Words.count(rows)).orElse(""),
                day.flatMap(rows -> usual.map(normal -> remark(rows, normal))).orElse(""));
    }

    private static String remark(long rows, long usual) {
        if (Math.max(rows, usual) < FEW) {
            return "";
        }
        return rows * FAR < usual ? "low" : rows > usual * FAR ? "high" : "";
    }
}
