package io.postgresloader.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.app.LoadsDone;
import io.postgresloader.model.Counts;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.MappedValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadReportTest {
    private static final Path FILE = Path.of("target", "demo", "first-load.txt");
    private static final LoadResult LARGE = first("securitylog", 200_000, 0, 2);
    private static final LoadResult SMALL = first("zipcode", 20, 0, 0.5);
    private static final LoadResult DEAD_LETTERED = first("commlog", 100, 1, 1);
    private static final LoadResult FAILED = new LoadResult(
            "patient",
            Outcome.FAILED,
            Optional.empty(),
            "",
            Counts.NONE,
            0,
            0.5,
            Optional.of(new Failure(FailureKind.SCHEMA, Optional.of("42P01"), "the table does not exist")));
    private static final DeadLetterRow ROW =
            new DeadLetterRow("commlog", "CommlogNum 8", "Note", "the text has a NUL character");

    @Test
    void aCompleteFirstLoadIsAShortTableUnderAShortSummary() {
        assertThat(LoadReport.ofFirst(done(SMALL, LARGE), List.of(), FILE))
                .containsExactly(
                        "",
                        "2 tables loaded: 200020 rows arrived in 4.00 s, 50005 rows/s.",
                        "Each table has a line in target/demo/first-load.txt.",
                        "",
                        "largest tables    rows  seconds  rows/s",
                        "securitylog     200000     2.00  100000",
                        "zipcode             20     0.50      40");
    }

    @Test
    void ofManyTablesTheLargestAreShown() {
        List<LoadResult> tables = IntStream.rangeClosed(1, 93)
                .mapToObj(rows -> first("table" + rows, rows, 0, 1))
                .toList();

        assertThat(LoadReport.ofFirst(new LoadsDone(tables, Duration.ofSeconds(9)), List.of(), FILE))
                .anyMatch(line -> line.startsWith("93 tables loaded: 4371 rows"))
                .anyMatch(line -> line.startsWith("table93 "))
                .anyMatch(line -> line.startsWith("table90 "))
                .noneMatch(line -> line.startsWith("table89 "))
                .hasSize(9);
    }

    @Test
    void deadLettersComeLastWithTableKeyColumnAndReason() {
        assertThat(LoadReport.ofFirst(done(DEAD_LETTERED), List.of(ROW), FILE))
                .contains("1 tables loaded: 99 of 100 rows arrived in 4.00 s, 25 rows/s.")
                .endsWith(
                        "",
                        "Dead letters, kept as open entries of etl_dead_letter in the target:",
                        "  commlog, CommlogNum 8, column Note:",
                        "    the text has a NUL character");
    }

    @Test
    void aDeadLetterWithoutAColumnIsShownWithoutOne() {
        DeadLetterRow row = new DeadLetterRow("claim", "ClaimNum 1, Line 2", "", "a check failed");

        assertThat(LoadReport.ofFirst(done(DEAD_LETTERED), List.of(row), FILE))
                .contains("  claim, ClaimNum 1, Line 2:");
    }

    @Test
    void onlySomeOfManyDeadLettersAreShown() {
        assertThat(LoadReport.ofFirst(done(DEAD_LETTERED), Collections.nCopies(12, ROW), FILE))
                .endsWith("    the text has a NUL character", "  and 7 more")
                .filteredOn(line -> line.startsWith("  commlog"))
                .hasSize(5);
    }

    @Test
    void aTableThatFailedIsNamedAtTheVeryEndAndNotCountedAsLoaded() {
        assertThat(LoadReport.ofFirst(done(LARGE, FAILED), List.of(ROW), FILE))
                .anyMatch(line -> line.startsWith("1 of 2 tables loaded: 200000 rows"))
                .endsWith("", "Failed:", "  patient:", "    schema (SQLSTATE 42P01): the table does not exist");
    }

    @Test
    void ofAnIncrementOnlyTheTablesThatHadChangedAreShown() {
        LoadResult changed = new LoadResult(
                "adjustment",
                Outcome.SUCCESS,
                Optional.of(LoadType.INCREMENTAL),
                "changed by AdjDate",
                new Counts(64, 5, 54, 4, 1, MappedValues.NONE),
                0,
                0.05,
                Optional.empty());

        assertThat(LoadReport.ofIncrement(done(changed, first("zipcode", 0, 0, 0.1)), FILE))
                .containsExactly(
                        "",
                        "1 of 2 tables had changed; all were checked in 4.00 s.",
                        "Each table has a line in target/demo/first-load.txt.",
                        "",
                        "table       read  inserted  updated  unchanged  dead-lettered  seconds",
                        "adjustment    64         5       54          4              1     0.05");
    }

    private static LoadsDone done(LoadResult... results) {
        return new LoadsDone(List.of(results), Duration.ofSeconds(4));
    }

    private static LoadResult first(String table, long rows, long deadLettered, double seconds) {
        return new LoadResult(
                table,
                Outcome.SUCCESS,
                Optional.of(LoadType.FULL),
                "never loaded",
                new Counts(rows, rows - deadLettered, 0, 0, deadLettered, MappedValues.NONE),
                0,
                seconds,
                Optional.empty());
    }
}
