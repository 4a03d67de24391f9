package io.postgresloader.load.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.load.LoadFixtures;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorOptions;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.DateBounds;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.KeyMark;
import io.postgresloader.model.Selection;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.Watermarks;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    private static final LocalDateTime UTC = LocalDateTime.parse("2026-11-23T10:00:00");
    private static final LocalDateTime WALL = LocalDateTime.parse("2026-11-23T03:00:00");
    private static final Duration LOOKBACK = CursorOptions.DEFAULT.lookback();

    @ParameterizedTest
    @CsvSource({
        "TIMESTAMP, 0, 2026-11-23T10:00:00, 2026-11-23T09:55:00",
        "TIMESTAMP, 60, 2026-11-23T10:00:00, 2026-11-23T09:55:00",
        "DATETIME, 0, 2026-11-23T03:00:00, 2026-11-23T02:55:00",
        "DATETIME, 60, 2026-11-23T03:00:00, 2026-11-23T01:55:00",
        "DATE, 0, 2026-11-23T03:00:00, 2026-11-22T02:55:00",
        "DATE, 60, 2026-11-23T03:00:00, 2026-11-22T01:55:00",
        "DATETIME, 0, 1999-06-01T00:00:00, 2000-01-01T00:00:00"
    })
    void aLoadReadsFromTheWatermarkMinusTheLookback(
            CursorType type, int daylightSavingMinutes, LocalDateTime watermark, LocalDateTime from) {
        Window window = window(Duration.ofMinutes(daylightSavingMinutes));
        Cursor cursor = new Cursor("c", type);

        Selection.CursorRange range = window.range(cursor, new Watermarks(UTC, Map.of("c", watermark), List.of()));

        assertThat(range.from()).isEqualTo(from);
        assertThat(range.before()).isEqualTo(LocalDateTime.parse("2027-11-24T00:00:00"));
    }

    @Test
    void aColumnWithoutAWatermarkIsReadFromTheFirstRealDay() {
        Cursor cursor = new Cursor("c", CursorType.DATETIME);

        assertThat(window(Duration.ZERO)
                        .range(cursor, new Watermarks(UTC, Map.of(), List.of()))
                        .from())
                .isEqualTo(LocalDateTime.parse("2000-01-01T00:00:00"));
    }

    @Test
    void boundsReachFromTheFirstDayToTheEndOfTheLast() {
        DateBounds bounds = new DateBounds(LocalDate.of(1990, 5, 1), Optional.of(LocalDate.of(2030, 12, 31)));
        Cursor cursor = new Cursor("c", CursorType.DATE);

        Selection.CursorRange range =
                new Window(LoadFixtures.options(bounds), new Horizon(UTC, WALL, Duration.ZERO, UTC)).bounds(cursor);

        assertThat(range)
                .isEqualTo(new Selection.CursorRange(
                        cursor,
                        LocalDateTime.parse("1990-05-01T00:00:00"),
                        LocalDateTime.parse("2031-01-01T00:00:00")));
    }

    @Test
    void withoutAMaxDateTheLastDayFollowsTheWallClock() {
        LocalDateTime newYear = LocalDateTime.parse("2027-01-01T01:00:00");
        Horizon horizon = new Horizon(newYear, newYear.minusHours(7), Duration.ZERO, newYear);

        assertThat(new Window(TableOptions.defaults("t"), horizon)
                        .bounds(new Cursor("c", CursorType.TIMESTAMP))
                        .before())
                .isEqualTo(LocalDateTime.parse("2028-01-01T00:00:00"));
    }

    @Test
    void theWatermarkIsTheHorizonAndAKeyMarkHasTheClock() {
        LocalDateTime clock = UTC.plusMinutes(20);
        Window window = new Window(TableOptions.defaults("t"), new Horizon(UTC, WALL, Duration.ZERO, clock));

        Watermarks next = window.next(
                List.of(), List.of(new Cursor("c", CursorType.TIMESTAMP)), true, Optional.of(BigInteger.TEN));

        assertThat(next.horizon()).isEqualTo(UTC);
        assertThat(next.cursors()).isEqualTo(Map.of("c", UTC));
        assertThat(next.keyMarks()).containsExactly(new KeyMark(clock, BigInteger.TEN));
    }

    @Test
    void withoutAKeyMarkThereAreNoNewKeys() {
        assertThat(Window.newKeysAbove(new Watermarks(UTC, Map.of(), List.of()), LOOKBACK, true))
                .isEmpty();
    }

    @Test
    void withoutAnIntegerKeyNoMarkIsKept() {
        assertThat(window(Duration.ZERO)
                        .next(List.of(mark(30, 100)), List.of(), false, Optional.empty())
                        .keyMarks())
                .isEmpty();
    }

    @Test
    void watermarksBecomeTheHorizonInTheClockOfEachColumn() {
        Watermarks next = window(Duration.ZERO)
                .next(
                        List.of(),
                        List.of(new Cursor("t", CursorType.TIMESTAMP), new Cursor("d", CursorType.DATE)),
                        true,
                        Optional.of(BigInteger.TEN));

        assertThat(next.cursors()).isEqualTo(Map.of("t", UTC, "d", WALL));
        assertThat(next.keyMarks()).containsExactly(new KeyMark(UTC, BigInteger.TEN));
    }

    @ParameterizedTest
    @CsvSource({
        // minutes before the last horizon at which the keys 100, 200, 300 were the greatest
        "20, 10, 5, true, 300",
        "20, 10, 4, true, 200",
        "20, 3, 1, true, 100",
        "4, 3, 1, true, -9900",
        "4, 3, 1, false, 300"
    })
    void newKeysAreThoseAboveTheNewestSettledMark(int first, int second, int third, boolean transactional, long above) {
        Watermarks watermarks =
                new Watermarks(UTC, Map.of(), List.of(mark(first, 100), mark(second, 200), mark(third, 300)));

        assertThat(Window.newKeysAbove(watermarks, LOOKBACK, transactional)).contains(BigInteger.valueOf(above));
    }

    @Test
    void marksBeforeTheLastSettledOneAreDropped() {
        List<KeyMark> before = List.of(mark(30, 100), mark(20, 200), mark(2, 300));

        assertThat(window(Duration.ZERO)
                        .next(before, List.of(), true, Optional.of(BigInteger.valueOf(400)))
                        .keyMarks())
                .containsExactly(mark(20, 200), mark(2, 300), new KeyMark(UTC, BigInteger.valueOf(400)));
    }

    @Test
    void anEmptyTableLeavesAMarkBelowEveryKey() {
        assertThat(window(Duration.ZERO)
                        .next(List.of(), List.of(), true, Optional.empty())
                        .keyMarks())
                .extracting(KeyMark::key)
                .containsExactly(BigInteger.valueOf(Long.MIN_VALUE));
    }

    @Test
    void ofTheMarksOfOneKeyTheEarliestIsKept() {
        List<KeyMark> before = List.of(mark(30, 100), mark(20, 200));

        assertThat(window(Duration.ZERO)
                        .next(before, List.of(), true, Optional.of(BigInteger.valueOf(200)))
                        .keyMarks())
                .containsExactly(mark(20, 200));
    }

    private static KeyMark mark(int minutesBefore, long key) {
        return new KeyMark(UTC.minusMinutes(minutesBefore), BigInteger.valueOf(key));
    }

    private static Window window(Duration daylightSaving) {
        return new Window(TableOptions.defaults("t"), new Horizon(UTC, WALL, daylightSaving, UTC));
    }
}
