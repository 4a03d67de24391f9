package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Help.Ansi;

/** What a screen shows of 60 tables. The golden files are such screens. */
class StatusScreenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final List<StatusRow> ROWS = rows();
    private static final List<String> BELOW = List.of(
            "figure                       value        of",
            "tracking coverage          100.00%  good  60 of 60 tables",
            "incremental success rate    98.25%  fair  1,123 of 1,143 loads",
            "data capture rate          100.00%  good  1,234,567 rows captured, 0 found by comparisons",
            "time saved                  91.40%  good  86,400 seconds",
            "duplicate key error rate     0.00%  good  0 of 1,203 loads, 0 dead letters",
            "integrity violations             0  good");

    @ParameterizedTest
    @CsvSource({"80, 24", "80, 50", "160, 24", "160, 50"})
    void aScreenShowsTheWorstTables(int columns, int lines) throws IOException {
        String screen = StatusScreen.fit(ROWS, BELOW, new TerminalSize(columns, lines), Ansi.OFF);

        Path file = GOLDEN.resolve("status-" + columns + "x" + lines + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, screen);
        }
        assertThat(screen).isEqualToNormalizingNewlines(Files.readString(file));
    }

    static Stream<TerminalSize> sizes() {
        return Stream.of(20, 40, 60, 80, 100, 132, 160, 200, 400)
                .flatMap(
                        columns -> Stream.of(1, 5, 10, 15, 24, 50, 100).map(lines -> new TerminalSize(columns, lines)));
    }

    /** The last line is for the cursor. A screen that is lower than 5 lines has a table all the same. */
    @ParameterizedTest
    @MethodSource("sizes")
    void noScreenIsTooLongOrTooWide(TerminalSize size) {
        List<String> lines =
                StatusScreen.fit(ROWS, BELOW, size, Ansi.OFF).lines().toList();

        assertThat(lines).hasSizeLessThan(Math.max(4, size.lines()));
        assertThat(lines.stream().anyMatch(line -> line.startsWith("and "))).isEqualTo(size.lines() < 100);
        if (size.columns() >= 60) {
            assertThat(lines).allMatch(line -> line.length() <= size.columns());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // tables, lines of the screen, the last line of the tables
                "60|24|and 47 more tables, 7 of which need attention",
                "60|50|and 21 more tables, none of which needs attention",
                "60|70|and 1 more table, none of which needs attention",
                "60|71|",
                "12|10|and 5 more tables, 5 of which need attention"
            })
    void whatIsNotShownIsCounted(int tables, int lines, String last) {
        String screen = StatusScreen.fit(ROWS.subList(0, tables), BELOW, new TerminalSize(100, lines), Ansi.OFF);

        if (last == null) {
            assertThat(screen).doesNotContain(" more table");
        } else {
            assertThat(screen.lines()).contains(last);
        }
    }

    @Test
    void aTerminalThatIsNotRefreshedGetsAllTables() {
        String text = StatusScreen.all(ROWS, BELOW, 80, Ansi.OFF);

        assertThat(text.lines()).hasSize(1 + ROWS.size() + 1 + BELOW.size()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void stylesAreOutsideOfTheWidth() {
        String plain = StatusScreen.fit(ROWS, BELOW, new TerminalSize(80, 24), Ansi.OFF);
        String styled = StatusScreen.fit(ROWS, BELOW, new TerminalSize(80, 24), Ansi.ON);

        assertThat(styled).contains("\u001b[31m");
        assertThat(styled.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "securitylog, 20, securitylog",
        "securitylog_archive_2024, 24, securitylog_archive_2024",
        "securitylog_archive_2024, 23, securitylog..chive_2024",
        "securitylog_archive_2024, 12, secur.._2024",
        "securitylog, 2, se",
        "securitylog, 3, s.."
    })
    void aLongNameKeepsItsBeginningAndItsEnd(String name, int width, String cut) {
        assertThat(StatusScreen.cutMiddle(name, width)).isEqualTo(cut).hasSizeLessThanOrEqualTo(width);
    }

    /** 20 tables that need attention, and 40 that do not. */
    private static List<StatusRow> rows() {
        List<StatusRow> rows = new ArrayList<>();
        rows.add(row(
                "red",
                "failed",
                "claim|failed|2026-11-27T02:00:01|13h|-|13h|0|full|1|never|-|schema: table claim has no key: no PRIMARY"
                        + " KEY and no unique index on columns that are all NOT NULL; add one to the source"));
        rows.add(row(
                "red",
                "differs",
                "securitylog_archive_of_the_year_2024|success|2026-11-27T15:00:01|12s|3m|0s|4,703,911|incremental|0"
                        + "|2026-11-27T03:00:00|braked|changed by LogDateTime; compared: 12,000 rows are extra"));
        rows.add(
                row(
                        "yellow",
                        "dead letters",
                        "commlog|success|2026-11-27T15:00:01|12s|4s|0s|1,234|incremental|1,048|2026-11-27T03:00:00|equal"
                                + "|changed by DateTStamp; dead letter {\"CommlogNum\": \"7\"}: column Note: the text has a NUL"));
        IntStream.range(0, 17)
                .mapToObj(i -> row(
                        "yellow",
                        "overdue",
                        "etl_overdue_table_" + i + "|overdue|2026-11-27T14:00:01|1h|2d|1h|56|incremental|0|never|-"
                                + "|changed by Edited"))
                .forEach(rows::add);
        IntStream.range(0, 40)
                .mapToObj(i -> row(
                        "",
                        "",
                        "t" + i + "|success|2026-11-27T15:00:01|12s|9d|0s|" + i
                                + "|unchanged|0|2026-11-27T03:00:00|equal"
                                + "|the source has not changed it since 2026-11-18T10:00 UTC"))
                .forEach(rows::add);
        return rows;
    }

    private static StatusRow row(String style, String concern, String cells) {
        String[] texts = cells.split("\\|");
        Map<StatusColumn, String> byColumn = Stream.of(StatusColumn.values())
                .collect(Collectors.toMap(
                        column -> column,
                        column -> texts[column.ordinal()],
                        (one, other) -> one,
                        () -> new EnumMap<>(StatusColumn.class)));
        return new StatusRow(style, concern, byColumn);
    }
}
