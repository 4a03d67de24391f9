package io.postgresloader.app.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.progress.RunningTable;
import io.postgresloader.model.progress.WorkKind;
import io.postgresloader.model.progress.WorkPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a terminal shows of some tables. The golden files are such frames. */
class ProgressLayoutTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Instant NOW = Instant.parse("2026-03-02T07:00:00Z");
    private static final ProgressTotals TOTALS = new ProgressTotals(446, 12, 3, 1_000_000);

    private static RunningTable table(
            String name,
            WorkKind kind,
            WorkPhase phase,
            long done,
            long read,
            long all,
            double rate,
            long secondsLeft) {
        return new RunningTable(
                name,
                kind,
                phase,
                NOW.minusSeconds(60),
                done,
                read,
                all < 0 ? OptionalLong.empty() : OptionalLong.of(all),
                rate,
                secondsLeft < 0 ? Optional.empty() : Optional.of(NOW.plusSeconds(secondsLeft)));
    }

    private static final List<RunningTable> RUNNING = List.of(
            table("patient", WorkKind.LOAD, WorkPhase.LOADING, 4_200, 5_000, 10_000, 950, 6),
            table("securitylog", WorkKind.LOAD, WorkPhase.LOADING, 999_999, 1_499_999, 3_696_927, 239_000, 11),
            table("claimproc", WorkKind.COMPARISON, WorkPhase.COMPARING, 150_000, 150_000, -1, 52_345, -1),
            table("fee", WorkKind.LOAD, WorkPhase.WAITING, 0, 0, -1, 0, -1),
            table("procedurelog", WorkKind.ADOPTION, WorkPhase.COMPARING, 0, 0, 2_000_000, 150, 13_333),
            table(
                    "histappointment_of_a_practice_with_a_long_name_2025",
                    WorkKind.LOAD,
                    WorkPhase.FINISHING,
                    77,
                    77,
                    77,
                    0,
                    -1));

    private static List<AttributedString> frame(boolean unicode, boolean colour, int columns, int lines) {
        return new ProgressLayout(unicode, colour, ZoneOffset.UTC).frame(RUNNING, TOTALS, columns, lines, NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "80, 24, true",
        "160, 50, true",
        "80, 24, false",
        "160, 50, false",
        "80, 6, true",
        "60, 24, false",
        "40, 24, false",
        "24, 24, false",
        "80, 3, false",
        "40, 3, false"
    })
    void aFrameFitsIntoTheTerminal(int columns, int lines, boolean unicode) throws IOException {
        List<AttributedString> frame = frame(unicode, false, columns, lines);
        assertThat(frame).hasSizeLessThan(lines);
        assertThat(frame).allSatisfy(line -> assertThat(line.columnLength()).isLessThan(columns));
        assertGolden(
                "progress-" + columns + "x" + lines + (unicode ? "" : "-ascii"),
                frame.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 9, 20, 60, 79, 119, 139, 140, 141, 400})
    void eachLineIsShorterThanTheTerminalIsWide(int columns) {
        assertThat(frame(true, true, columns, 30))
                .allSatisfy(line -> assertThat(line.columnLength()).isLessThan(columns));
    }

    @ParameterizedTest
    @CsvSource({"24, 22", "25, 23", "40, 30", "4, 2", "2, 0", "1, 0"})
    void tablesThatDoNotFitAreCounted(int lines, int above) {
        List<RunningTable> many = IntStream.range(0, 30)
                .mapToObj(n -> table("t" + n, WorkKind.LOAD, WorkPhase.LOADING, 1, 1, 2, 1, 1))
                .toList();
        List<String> frame = new ArrayList<>(new ProgressLayout(true, false, ZoneOffset.UTC)
                .frame(many, TOTALS, 80, lines, NOW).stream()
                        .map(AttributedString::toString)
                        .toList());
        assertThat(frame).hasSize(above + 1);
        assertThat(frame.get(above)).isEqualTo("12 of 446 tables, 3 failed, 1.0 M rows");
        if (above > 0 && above < 30) {
            assertThat(frame.get(above - 1)).isEqualTo("and " + (30 - above + 1) + " more");
        }
    }

    @Test
    void withOneLineForTablesTheSummaryCountsTheOthers() {
        List<AttributedString> frame = frame(true, false, 80, 3);
        assertThat(frame).hasSize(2);
        assertThat(frame.get(0).toString()).startsWith("patient ").endsWith("0:06 left");
        assertThat(frame.get(1).toString()).isEqualTo("and 5 more; 12 of 446 tables, 3 failed, 2.1 M rows");
    }

    @ParameterizedTest
    @ValueSource(ints = {36, 40, 50, 60, 80, 140, 200})
    void percentAndTheTimeLeftAreShownWholeInAnyWidthThatHasRoomForThem(int columns) {
        assertThat(frame(true, false, columns, 24).get(0).toString())
                .contains(" 42 %")
                .contains("0:06 left");
    }

    @Test
    void columnsDoNotMoveWhenATableWithALongNameIsFinished() {
        ProgressLayout layout = new ProgressLayout(true, false, ZoneOffset.UTC);
        String before = layout.frame(RUNNING, TOTALS, 80, 24, NOW).get(0).toString();
        assertThat(layout.frame(RUNNING.subList(0, 1), TOTALS, 80, 24, NOW).get(0))
                .hasToString(before);
    }

    @Test
    void nothingIsSaidOfTheTablesWhileTheirNumberIsNotKnown() {
        assertThat(new ProgressLayout(true, false, ZoneOffset.UTC)
                        .frame(List.of(), new ProgressTotals(0, 0, 0, 0), 80, 24, NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "446, 0, 0, 0,       '0 of 446 tables'",
        "1,   1, 0, 1,       '1 of 1 table, 1 row'",
        "2,   1, 1, 999,     '1 of 2 tables, 1 failed, 999 rows'",
    })
    void theSummaryCounts(int tables, int done, int failed, long rows, String expected) {
        assertThat(new ProgressLayout(true, true, ZoneOffset.UTC)
                        .summary(List.of(), new ProgressTotals(tables, done, failed, rows))
                        .toString())
                .isEqualTo(expected);
    }

    @Test
    void colourIsForTheBarAndForFailures() {
        String coloured = ansi(frame(true, true, 80, 24));
        assertThat(coloured).contains("\u001b[32m\u2588").contains("\u001b[31m3 failed");
        assertThat(ansi(frame(true, false, 80, 24))).doesNotContain("\u001b");
    }

    @Test
    void aNameWithControlCharactersDoesNothing() {
        RunningTable odd = table("a\u001b[2J\r\nb", WorkKind.LOAD, WorkPhase.LOADING, 1, 1, 2, 1, 1);
        String line = new ProgressLayout(true, false, ZoneOffset.UTC)
                .frame(List.of(odd), TOTALS, 80, 24, NOW)
                .get(0)
                .toString();
        assertThat(line).startsWith("a?[2J??b ").doesNotContainPattern("\\p{Cntrl}");
    }

    private static String ansi(List<AttributedString> frame) {
        return frame.stream().map(line -> line.toAnsi()).collect(Collectors.joining("\n"));
    }

    private static void assertGolden(String name, String actual) throws IOException {
        Path file = GOLDEN.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
