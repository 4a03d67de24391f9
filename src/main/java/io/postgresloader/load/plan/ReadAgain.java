package io.postgresloader.load.plan;

import io.postgresloader.model.KeyMark;
import io.postgresloader.model.Selection;
import io.postgresloader.model.Watermarks;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a load reads again of that which an earlier load has read, and why. Rows that have not changed are not written.
 *
 * @param column a cursor column, or the key
 * @param loadedUpTo its watermark, or the greatest key that was loaded before; empty: there is none, and the load reads
 *     all dates inside the bounds
 * @param from where the load begins: the least value of a cursor column, or the key below the first one
 * @param reasons why it begins there
 */
public record ReadAgain(String column, Optional<String> loadedUpTo, String from, List<Reason> reasons) {
    private static final String NO_WATERMARK = "no load has read the column yet";
    private static final String UNSETTLED = "keys of transactions that may have been open when the last load read";

    /**
     * One of several reasons, whose amounts add up.
     *
     * @param why the reason, in words
     * @param amount how much is read again because of it, such as {@code 5m}, or {@code 10000} keys at most; empty: all
     */
    public record Reason(String why, Optional<String> amount) {}

    public ReadAgain {
        reasons = List.copyOf(reasons);
    }

    /** @param watermarks up to where the table is loaded */
    static List<ReadAgain> of(Selection.Changed changed, Window window, Watermarks watermarks) {
        List<ReadAgain> again = new ArrayList<>();
        changed.ranges().forEach(range -> again.add(of(range, window, watermarks)));
        changed.newKeys().flatMap(keys -> of(keys, watermarks.keyMarks())).ifPresent(again::add);
        return again;
    }

    private static ReadAgain of(Selection.CursorRange range, Window window, Watermarks watermarks) {
        String column = range.cursor().column();
        LocalDateTime watermark = watermarks.cursors().get(column);
        List<Reason> reasons = watermark == null
                ? List.of(new Reason(NO_WATERMARK, Optional.empty()))
                : window.margins(range.cursor().type()).stream()
                        .map(margin -> new Reason(margin.why(), Optional.of(margin.words())))
                        .toList();
        return new ReadAgain(
                column,
                Optional.ofNullable(watermark).map(Object::toString),
                range.from().toString(),
                reasons);
    }

    private static Optional<ReadAgain> of(Selection.KeyAbove keys, List<KeyMark> marks) {
        if (marks.isEmpty()) {
            return Optional.empty();
        }
        BigInteger greatest = marks.get(marks.size() - 1).key();
        BigInteger below = greatest.subtract(keys.key());
        return below.signum() <= 0
                ? Optional.empty()
                : Optional.of(new ReadAgain(
                        keys.column(),
                        Optional.of(greatest.toString()),
                        keys.key().toString(),
                        List.of(new Reason(UNSETTLED, Optional.of(below.toString())))));
    }
}
