package io.postgresloader.load.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorLogic;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.KeyMark;
import io.postgresloader.model.Selection;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.Watermarks;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a load reads again, and why. */
class ReadAgainTest {
    private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-23T10:00:00");
    private static final TableOptions OPTIONS = TableOptions.defaults("t");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TIMESTAMP|PT0S |2026-11-23T09:55|lookback 5m",
                "TIMESTAMP|PT1H |2026-11-23T09:55|lookback 5m",
                "DATETIME |PT0S |2026-11-23T09:55|lookback 5m",
                "DATETIME |PT1H |2026-11-23T08:55|lookback 5m, daylight saving time 1h",
                "DATETIME |PT30M|2026-11-23T09:25|lookback 5m, daylight saving time 30m",
                "DATE     |PT0S |2026-11-22T09:55|lookback 5m, a DATE has no time of day 1d",
                "DATE     |PT1H |2026-11-22T08:55|lookback 5m, daylight saving time 1h, a DATE has no time of day 1d"
            })
    void eachPartOfTheDistanceHasItsReason(CursorType type, Duration daylightSaving, String from, String reasons) {
        Window window = new Window(OPTIONS, new Horizon(NOW, NOW, daylightSaving, NOW));
        Watermarks watermarks = new Watermarks(NOW, Map.of("c", NOW), List.of());

        ReadAgain again = cursors(window, type, watermarks).get(0);

        assertThat(again.column()).isEqualTo("c");
        assertThat(again.loadedUpTo()).contains("2026-11-23T10:00");
        assertThat(again.from()).isEqualTo(from);
        assertThat(words(again)).isEqualTo(reasons);
    }

    @Test
    void aColumnWithoutAWatermarkIsReadFromItsFirstDay() {
        Window window = new Window(OPTIONS, new Horizon(NOW, NOW, Duration.ZERO, NOW));

        ReadAgain again = cursors(window, CursorType.DATE, new Watermarks(NOW, Map.of(), List.of()))
                .get(0);

        assertThat(again.loadedUpTo()).isEmpty();
        assertThat(again.from()).isEqualTo("2000-01-01T00:00");
        assertThat(words(again)).isEqualTo("no load has read the column yet");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // the key above which the load reads; the keys read again
                "300, -",
                "200, 100",
                "-9700, 10000"
            })
    void unsettledKeysAreReadAgain(long above, String keys) {
        Window window = new Window(OPTIONS, new Horizon(NOW, NOW, Duration.ZERO, NOW));
        List<KeyMark> marks = List.of(mark(20, 200), mark(1, 300));
        Selection.Changed changed = new Selection.Changed(
                List.of(), CursorLogic.OR, Optional.of(new Selection.KeyAbove("Id", BigInteger.valueOf(above))));

        List<ReadAgain> again = ReadAgain.of(changed, window, new Watermarks(NOW, Map.of(), marks));

        assertThat(again)
                .extracting(read -> read.column() + " from " + read.from() + " to "
                        + read.loadedUpTo().orElseThrow() + ": " + words(read))
                .isEqualTo(
                        keys == null
                                ? List.of()
                                : List.of("Id from " + above + " to 300: keys of transactions that may have been open"
                                        + " when the last load read " + keys));
    }

    @ParameterizedTest
    @CsvSource({"PT5M, 5m", "PT1H30M, 1h 30m", "P1DT1H5M, 1d 1h 5m", "PT45S, 45s", "PT0.5S, 500ms"})
    void aDistanceIsShownInItsUnits(Duration by, String words) {
        assertThat(new Window.Margin("lookback", by).words()).isEqualTo(words);
    }

    private static List<ReadAgain> cursors(Window window, CursorType type, Watermarks watermarks) {
        Selection.CursorRange range = window.range(new Cursor("c", type), watermarks);
        return ReadAgain.of(
                new Selection.Changed(List.of(range), CursorLogic.OR, Optional.empty()), window, watermarks);
    }

    private static KeyMark mark(int minutesBefore, long key) {
        return new KeyMark(NOW.minusMinutes(minutesBefore), BigInteger.valueOf(key));
    }

    private static String words(ReadAgain again) {
        return again.reasons().stream()
                .map(reason -> reason.why()
                        + reason.amount().map(amount -> " " + amount).orElse(""))
                .collect(Collectors.joining(", "));
    }
}
