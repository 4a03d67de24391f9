package io.postgresloader.load.plan;

import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.DateBounds;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.KeyMark;
import io.postgresloader.model.Selection;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.Watermarks;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes what a load reads from the watermarks it starts at, and the watermarks that it leaves. */
final class Window {
    /** How many keys may be held by transactions that are open while the first load of a table reads. */
    private static final BigInteger UNSETTLED_KEYS = BigInteger.valueOf(10_000);

    /** Below every key of a table that is empty now. */
    static final BigInteger LEAST_KEY = BigInteger.valueOf(Long.MIN_VALUE);

    private final TableOptions options;

    private final Horizon horizon;

    Window(TableOptions options, Horizon horizon) {
        this.options = options;
        this.horizon = horizon;
    }

    /** The real dates of a cursor column: from the first real day to the day after the last. */
    Selection.CursorRange bounds(Cursor cursor) {
        return new Selection.CursorRange(
                cursor,
                options.cursors().bounds().min().atStartOfDay(),
                lastDay().plusDays(1));
    }

    /** The values that may have changed since the watermark. */
    Selection.CursorRange range(Cursor cursor, Watermarks watermarks) {
        Selection.CursorRange bounds = bounds(cursor);
        LocalDateTime watermark = watermarks.cursors().get(cursor.column());
        if (watermark == null) {
            return bounds;
        }
        LocalDateTime from = watermark.minus(lookback(cursor.type()));
        return new Selection.CursorRange(cursor, from.isBefore(bounds.from()) ? bounds.from() : from, bounds.before());
    }

    /**
     * The key above which rows are new, independent of their dates. All keys up to a mark were handed out before the
     * mark's time. If that time is earlier than the last load's horizon by the lookback, the transactions that took
     * those keys had ended when that load read, and it saw their rows. While no mark is that old, a range of keys below
     * the oldest mark is read again. Without transactions a row is visible as soon as its key is handed out, so the
     * newest mark suffices.
     */
    static Optional<BigInteger> newKeysAbove(Watermarks watermarks, Duration lookback, boolean transactional) {
        List<KeyMark> marks = watermarks.keyMarks();
        LocalDateTime settled = watermarks.horizon().minus(lookback);
        return marks.stream()
                .filter(mark -> !transactional || !mark.utc().isAfter(settled))
                .map(KeyMark::key)
                .reduce((older, newer) -> newer)
                .or(() -> marks.stream().findFirst().map(oldest -> oldest.key().subtract(UNSETTLED_KEYS)));
    }

    /**
     * What the watermarks become once everything selected is loaded.
     *
     * @param integerKey whether the table has a key arm
     * @param greatestKey the greatest key when the load began; empty when the table was
     */
    Watermarks next(
            List<KeyMark> marksBefore, List<Cursor> cursors, boolean integerKey, Optional<BigInteger> greatestKey) {
        Map<String, LocalDateTime> next = new HashMap<>();
        cursors.forEach(cursor -> next.put(cursor.column(), horizon.reading(cursor.type())));
        return new Watermarks(horizon.utc(), next, integerKey ? keyMarks(marksBefore, greatestKey) : List.of());
    }

    /** Drops marks that a later, settled mark replaces. Of the marks of one key, the earliest says most. */
    private List<KeyMark> keyMarks(List<KeyMark> before, Optional<BigInteger> greatestKey) {
        LocalDateTime settled = horizon.utc().minus(options.cursors().lookback());
        List<KeyMark> marks = new ArrayList<>(before);
        BigInteger greatest = greatestKey.orElse(LEAST_KEY);
        if (marks.isEmpty() || !marks.get(marks.size() - 1).key().equals(greatest)) {
            marks.add(new KeyMark(horizon.clock(), greatest));
        }
        while (marks.size() > 1 && !marks.get(1).utc().isAfter(settled)) {
            marks.remove(0);
        }
        return marks;
    }

    private Duration lookback(CursorType type) {
        return margins(type).stream().map(Margin::by).reduce(Duration.ZERO, Duration::plus);
    }

    /** How far below the watermark of a column a load begins, part by part. */
    List<Margin> margins(CursorType type) {
        List<Margin> margins = new ArrayList<>();
        margins.add(new Margin("lookback", options.cursors().lookback()));
        if (type != CursorType.TIMESTAMP && !horizon.daylightSaving().isZero()) {
            margins.add(new Margin("daylight saving time", horizon.daylightSaving()));
        }
        if (type == CursorType.DATE) {
            margins.add(new Margin("a DATE has no time of day", Duration.ofDays(1)));
        }
        return margins;
    }

    /**
     * A part of the distance between a watermark and the first value that a load reads.
     *
     * @param why the reason, in words
     * @param by how far
     */
    record Margin(String why, Duration by) {
        /** The distance in its units: {@code 5m}, {@code 1h 30m}. */
        String words() {
            String words = (by.toDays() > 0 ? by.toDays() + "d " : "")
                    + (by.toHoursPart() > 0 ? by.toHoursPart() + "h " : "")
                    + (by.toMinutesPart() > 0 ? by.toMinutesPart() + "m " : "")
                    + (by.toSecondsPart() > 0 ? by.toSecondsPart() + "s " : "");
            return words.isEmpty() ? by.toMillis() + "ms" : words.strip();
        }
    }

    private LocalDateTime lastDay() {
        DateBounds bounds = options.cursors().bounds();
        return bounds.max()
                .orElseGet(() -> horizon.wallClock().toLocalDate().plusYears(1))
                .atStartOfDay();
    }
}
