package io.postgresloader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.model.Column;
import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.SourceTable;
import io.postgresloader.type.KeyFormat;
import io.postgresloader.type.RawRow;
import io.postgresloader.type.RowFormat;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageReaderTest {
    private static final long NO_BOUND = Long.MAX_VALUE;

    @ParameterizedTest
    @CsvSource({
        // Each row takes 8 bytes: "1\t\tnote\n" and so on.
        // rows in the source, most rows, most bytes, rows read, exhausted
        "0, 5, 1000, 0, true",
        "4, 5, 1000, 4, true",
        // Only the next page shows whether there are more.
        "5, 5, 1000, 5, false",
        "6, 5, 1000, 5, false",
        "9, 5, 1, 1, false",
        "9, 5, 16, 2, false",
        "9, 5, 17, 3, false",
        "1, 5, 1, 1, true"
    })
    void aPageEndsAtWhicheverBoundComesFirst(int rows, int maxRows, long maxBytes, int read, boolean exhausted) {
        Page page = drain(rows(rows), maxRows, maxBytes);

        assertThat(page.pulled()).isEqualTo(read);
        assertThat(page.exhausted()).isEqualTo(exhausted);
        assertThat(page.lastKey()).isEqualTo(read == 0 ? RowKey.NONE : new RowKey(Map.of("id", String.valueOf(read))));
        assertThat(page.rows().size()).isEqualTo(8 * read);
    }

    @Test
    void noRowBeyondTheBoundIsTaken() {
        Iterator<RawRow> rows = rows(9);

        drain(rows, 5, NO_BOUND);

        assertThat(rows.next().value(0)).asString().isEqualTo("6");
    }

    @Test
    void theRowsOfAPageAreFoundByTheirEnds() {
        Page page = drain(rows(3_000), 3_000, NO_BOUND);

        assertThat(page.rows().rows()).isEqualTo(3_000);
        assertThat(page.rows().cells(0)).containsExactly("1", "", "note");
        assertThat(page.rows().cells(2_999)).containsExactly("3000", "", "note");
    }

    @Test
    void aRowThatCannotBeEncodedIsSetAsideByItsKeyAndTheOthersStay() {
        Page page = drain(List.of(row("1", "", "good"), row("2", "", "Doe\0"), row("3", "", "good")), NO_BOUND);

        assertThat(page.rows().rows()).isEqualTo(2);
        assertThat(page.rows().cells(1)).containsExactly("3", "", "good");
        assertThat(page.pulled()).isEqualTo(3);
        assertThat(page.deadLetters()).hasSize(1).first().satisfies(rejected -> {
            assertThat(rejected.table()).isEqualTo("t");
            assertThat(rejected.key()).isEqualTo(new RowKey(Map.of("id", "2")));
            assertThat(rejected.column()).contains("note");
            assertThat(rejected.failure().kind()).isEqualTo(FailureKind.ROW_DATA);
            assertThat(rejected.toString()).doesNotContain("Doe");
        });
    }

    @Test
    void thePageGoesOnBehindARowThatWasRefusedAtItsEnd() {
        Page page = drain(List.of(row("1", "", "good"), row("2", "", "\0")), NO_BOUND);

        assertThat(page.lastKey()).isEqualTo(new RowKey(Map.of("id", "2")));
    }

    @Test
    void zeroDatesOfTheRowsThatAreKeptAreCounted() {
        Page page = drain(
                List.of(row("1", "0000-00-00", ""), row("2", "0000-00-00", "\0"), row("3", "0000-00-00", "")),
                NO_BOUND);

        assertThat(page.mapped().zeroDates()).isEqualTo(2);
        assertThat(page.rows().cells(0)).containsExactly("1", "\\N", "");
    }

    @Test
    void aZeroDateInTheKeyIsSetAsideInsteadOfLosingTheRow() {
        PageReader reader = reader("date");

        Page page = reader.drain(List.of(row("0000-00-00", "", "")).iterator(), 5, NO_BOUND);

        assertThat(page.deadLetters())
                .extracting(DeadLetter::key)
                .containsExactly(new RowKey(Map.of("id", "0000-00-00")));
        assertThat(page.mapped().zeroDates()).isZero();
    }

    @Test
    void aPageCannotEndWithAKeyThatNoStatementCanName() {
        RawRow bad =
                RawRow.of(new byte[] {'a', (byte) 0xE4}, "2020-01-01".getBytes(StandardCharsets.UTF_8), new byte[0]);
        RawRow good = row("b", "2020-01-01", "");

        assertThatThrownBy(
                        () -> reader("varchar").drain(List.of(good, bad, good).iterator(), 2, NO_BOUND))
                .isInstanceOf(LoadFailedException.class)
                .hasMessageContaining("key column id holds text that is not valid");
        assertThat(reader("varchar")
                        .drain(List.of(good, bad).iterator(), 3, NO_BOUND)
                        .deadLetters())
                .hasSize(1);
    }

    @Test
    void aRangeEndsWithItsKeyWhateverRowsItHas() {
        RowKey end = new RowKey(Map.of("id", "900"));

        Page page = reader("int")
                .drainRange(List.of(row("7", "", ""), row("3", "", "")).iterator(), NO_BOUND, Optional.of(end))
                .orElseThrow();

        assertThat(page.lastKey()).isEqualTo(end);
        assertThat(page.exhausted()).isFalse();
        assertThat(page.rows().keys()).containsExactly(7, 3);
    }

    @Test
    void theLastRangeEndsWithItsGreatestKey() {
        Page page = reader("int")
                .drainRange(List.of(row("7", "", ""), row("3", "", "")).iterator(), NO_BOUND, Optional.empty())
                .orElseThrow();

        assertThat(page.lastKey()).isEqualTo(new RowKey(Map.of("id", "7")));
        assertThat(page.exhausted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"8, 1, true", "8, 2, false", "16, 2, true", "16, 3, false"})
    void aRangeIsReadAsAWholeOrNotAtAll(long maxBytes, int rows, boolean fits) {
        assertThat(reader("int").drainRange(rows(rows), maxBytes, Optional.empty()))
                .matches(page -> page.isPresent() == fits);
    }

    /** Ten rows of a megabyte: segments of four megabytes. */
    @Test
    void aLargePageIsKeptInSegments() {
        String note = "x".repeat(1 << 20);
        Page page = drain(
                IntStream.rangeClosed(1, 10)
                        .mapToObj(i -> row(String.valueOf(i), "", note))
                        .toList(),
                NO_BOUND);

        assertThat(page.rows().segments()).hasSize(3);
        assertThat(page.rows().rows()).isEqualTo(10);
        assertThat(page.rows().cells(9)).first().isEqualTo("10");
        assertThat(page.rows().size()).isEqualTo(10L * (1 << 20) + 9 * 4 + 5);
    }

    private static Page drain(List<RawRow> rows, long maxBytes) {
        return drain(rows.iterator(), rows.size() + 1, maxBytes);
    }

    private static Page drain(Iterator<RawRow> rows, int maxRows, long maxBytes) {
        return reader("int").drain(rows, maxRows, maxBytes);
    }

    private static Iterator<RawRow> rows(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> row(String.valueOf(i), "", "note"))
                .iterator();
    }

    private static RawRow row(String... cells) {
        return RawRow.of(IntStream.range(0, cells.length)
                .mapToObj(i -> cells[i].getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    private static PageReader reader(String keyType) {
        SourceTable table = new SourceTable(
                "t", List.of(column("id", keyType), column("day", "date"), column("note", "text")), List.of(), 0);
        return new PageReader(
                "t", RowFormat.of(table, ColumnOptions.DEFAULT), new KeyFormat(table, new Key(List.of("id"))));
    }

    private static Column column(String name, String type) {
        return new Column(
                name,
                type,
                type,
                true,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }
}
