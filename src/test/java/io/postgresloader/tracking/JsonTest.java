package io.postgresloader.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Counts;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorLogic;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.KeyMark;
import io.postgresloader.model.LoadIdentity;
import io.postgresloader.model.LoadProgress;
import io.postgresloader.model.LoadScope;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.MappedValues;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.Selection;
import io.postgresloader.model.Watermarks;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final LocalDateTime UTC = LocalDateTime.parse("2026-11-23T10:00:00.123456");
    private static final LocalDateTime WALL = UTC.minusHours(7);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger BEYOND_LONG = new BigInteger("18446744073709551615");
    private static final Watermarks WATERMARKS = new Watermarks(
            UTC,
            Map.of(
                    "SecDateTEdit",
                    UTC,
                    "AdjDate",
                    WALL.withHour(0).withMinute(0).withSecond(0).withNano(0)),
            List.of(new KeyMark(UTC.minusDays(1), LEAST), new KeyMark(UTC, BEYOND_LONG)));

    static Stream<Selection> selections() {
        return Stream.of(
                new Selection.All(),
                new Selection.Changed(
                        List.of(
                                new Selection.CursorRange(new Cursor("a", CursorType.TIMESTAMP), UTC, UTC.plusYears(1)),
                                new Selection.CursorRange(new Cursor("b", CursorType.DATE), WALL, WALL.plusYears(1))),
                        CursorLogic.AND,
                        Optional.empty()),
                new Selection.Changed(
                        List.of(), CursorLogic.OR, Optional.of(new Selection.KeyAbove("AdjNum", BEYOND_LONG))));
    }

    @ParameterizedTest
    @MethodSource("selections")
    void aBookmarkIsReadAsItWasWritten(Selection selection) {
        for (Optional<BigInteger> greatestKey : List.of(Optional.of(BEYOND_LONG), Optional.<BigInteger>empty())) {
            Bookmark bookmark = bookmark(selection, greatestKey);

            assertThat(Json.read(Json.write(bookmark), Bookmark.class)).isEqualTo(bookmark);
        }
    }

    @Test
    void watermarksAreReadAsTheyWereWritten() {
        assertThat(Json.read(Json.write(WATERMARKS), Watermarks.class)).isEqualTo(WATERMARKS);
    }

    @Test
    void timesAreReadableText() {
        Watermarks one = new Watermarks(UTC, Map.of("a", WALL), List.of(new KeyMark(UTC, BigInteger.TEN)));

        assertThat(Json.write(one))
                .isEqualTo("{\"horizon\":\"2026-11-23T10:00:00.123456\","
                        + "\"cursors\":{\"a\":\"2026-11-23T03:00:00.123456\"},"
                        + "\"keyMarks\":[{\"utc\":\"2026-11-23T10:00:00.123456\",\"key\":10}]}");
    }

    @Test
    void theKindOfASelectionIsNamed() {
        assertThat(Json.write(bookmark(new Selection.All(), Optional.empty())))
                .contains("\"selection\":{\"kind\":\"all\"}");
    }

    @Test
    void textsKeepTheirOrder() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("z", "1\t\"x\" Приём");
        texts.put("a", "");

        assertThat(Json.readTexts(Json.write(texts)).toString()).isEqualTo(texts.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"Doe\"", "{\"horizon\":\"Doe\"}", "{\"patient\":\"Doe\"}"})
    void whatIsNoneIsRefusedWithoutQuotingIt(String json) {
        assertThatThrownBy(() -> Json.read(json, Watermarks.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a tracking table holds JSON that is not a Watermarks")
                .hasNoCause();
    }

    @Test
    void whatAnotherVersionAddedToAWatermarkIsPassedOver() {
        String json = Json.write(WATERMARKS);
        String added = "{\"later\":{\"a\":[1]}," + json.substring(1).replace("\"utc\"", "\"newer\":1,\"utc\"");

        assertThat(Json.read(added, Watermarks.class)).isEqualTo(WATERMARKS);
    }

    @Test
    void aBookmarkOfAnotherVersionIsNone() {
        String json = Json.write(bookmark(new Selection.All(), Optional.empty()));

        assertThat(Json.tryRead(json, Bookmark.class)).isPresent();
        assertThat(Json.tryRead("{\"later\":1," + json.substring(1), Bookmark.class))
                .isEmpty();
        assertThat(Json.tryRead(json.replace("\"all\"", "\"some\""), Bookmark.class))
                .isEmpty();
        assertThat(Json.tryRead("{}", Bookmark.class)).isEmpty();
    }

    private static Bookmark bookmark(Selection selection, Optional<BigInteger> greatestKey) {
        return new Bookmark(
                new LoadIdentity(
                        "8d6f",
                        LoadType.INCREMENTAL,
                        "changed by a or \"b\"",
                        Instant.parse("2026-11-23T10:00:00.123456789Z")),
                new LoadScope(
                        new Horizon(UTC, WALL, Duration.ofMinutes(60), UTC),
                        greatestKey,
                        selection,
                        WATERMARKS.keyMarks(),
                        Map.of("columns", "a timestamp, b date")),
                new LoadProgress(List.of("1", "a\tb\\0"), 5, new Counts(4, 1, 1, 1, 1, new MappedValues(7, 0, 0)), 2));
    }

    /** What version 0.1.0 stored: an unfinished load goes on after an upgrade. */
    @Test
    void aBookmarkIsStoredAsOneObject() {
        assertThat(Json.write(bookmark(new Selection.All(), Optional.empty())))
                .startsWith("{\"loadId\":\"8d6f\",\"type\":\"INCREMENTAL\",\"reason\":")
                .contains(
                        "\"horizon\":{",
                        "\"greatestKey\":null",
                        "\"selection\":{\"kind\":\"all\"}",
                        "\"keyMarks\":[",
                        "\"fingerprint\":{",
                        "\"lastKey\":[\"1\",",
                        "\"counted\":5",
                        "\"counts\":{")
                .endsWith("\"chunks\":2}");
    }

    @Test
    void aKeyIsWrittenAsColumnToValueInItsOrder() {
        RowKey key = RowKey.of(List.of("Id", "Code"), List.of("7", "a\"b"));

        assertThat(Json.write(key)).isEqualTo("{\"Id\":\"7\",\"Code\":\"a\\\"b\"}");
    }
}
