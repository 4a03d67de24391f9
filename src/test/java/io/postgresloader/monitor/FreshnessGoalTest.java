package io.postgresloader.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.model.DeleteOptions;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.ReconcileOptions;
import io.postgresloader.model.TableOptions;
import io.postgresloader.monitor.FreshnessGoal.Kind;
import io.postgresloader.monitor.FreshnessGoal.TableGoal;
import io.postgresloader.monitor.FreshnessGoal.Verdict;
import io.postgresloader.tracking.FreshnessReport.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are those of the source; the goal of each case is six o'clock. */
class FreshnessGoalTest {
    private static final Instant SIX = Instant.parse("2026-03-01T06:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T06:00:00Z, 2026-03-01T06:00:00Z",
        "2026-03-01T07:00+01:00, 2026-03-01T06:00:00Z",
        "2026-03-01T06:00:00.25+00:00, 2026-03-01T06:00:00.250Z",
        "2026-07-01T07:00:00+02:00[Europe/Berlin], 2026-07-01T05:00:00Z"
    })
    void aTimeHasAZoneOrAnOffset(String text, String instant) {
        assertThat(FreshnessGoal.time(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T06:00:00, found '2026-03-01T06:00:00', which has no zone; expected a time with its zone or offset",
        "2026-03-01, found '2026-03-01'; expected a time",
        "yesterday, found 'yesterday'; expected a time",
        "'', found ''; expected a time",
        "2026-02-30T06:00:00Z, found '2026-02-30T06:00:00Z'; expected a time"
    })
    void anyOtherTextIsNamed(String text, String message) {
        assertThatThrownBy(() -> FreshnessGoal.time(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "05:59|success    |0|WAITING   |loaded up to 2026-03-01T05:59:00Z; its next load is awaited",
                "06:00|success    |0|HOLDS     |",
                "06:01|failed     |0|HOLDS     |",
                "06:01|paused     |0|HOLDS     |",
                "05:59|running    |0|WAITING   |loaded up to 2026-03-01T05:59:00Z; a load runs",
                "05:59|interrupted|0|WAITING   |loaded up to 2026-03-01T05:59:00Z; its next load resumes the one that was interrupted",
                "     |pending    |0|WAITING   |not loaded yet; its next load is awaited",
                "05:59|failed     |0|FAILED    |its last load failed: why",
                "05:59|paused     |0|IMPOSSIBLE|is paused since 2026-03-01T05:00:00Z; run resume",
                "06:01|success    |1|HOLDS     |"
            })
    void loadedHoldsByTheHorizonOfTheLastLoad(
            String loaded, String state, long deadLetters, Verdict verdict, String text) {
        Line line = line(loaded, null, state, deadLetters, null, 0);

        TableGoal goal = goal(Kind.LOADED, false).of("t", Optional.of(line), Optional.of(TableOptions.defaults("t")));

        assertThat(goal.verdict()).isEqualTo(verdict);
        assertThat(goal.needsComparison()).isFalse();
        assertThat(goal.missing().map(m -> goal.text())).isEqualTo(Optional.ofNullable(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "06:01|06:00|success|equal    |0|HOLDS     |false|",
                "06:01|06:00|failed |braked   |0|HOLDS     |false|",
                "06:01|05:59|success|equal    |0|WAITING   |true |complete up to 2026-03-01T05:59:00Z; a comparison is awaited",
                "06:01|     |success|         |0|WAITING   |true |not complete yet; a comparison is awaited",
                "05:59|     |success|         |0|WAITING   |false|not complete yet; its next load is awaited",
                "05:59|     |running|         |0|WAITING   |false|not complete yet; a load runs",
                "06:01|05:59|success|different|3|FAILED    |true |its last comparison left rows that differ: what",
                "06:01|05:59|success|braked   |9|FAILED    |true |its last comparison stopped at the delete limit: what",
                "06:01|05:59|success|failed   |0|FAILED    |true |its last comparison failed: what",
                "05:59|05:59|failed |equal    |0|FAILED    |false|its last load failed: why"
            })
    void completeHoldsByTheLastEqualComparison(
            String loaded,
            String complete,
            String state,
            String result,
            long extra,
            Verdict verdict,
            boolean compare,
            String text) {
        Line line = line(loaded, complete, state, 0, result, extra);

        TableGoal goal = goal(Kind.COMPLETE, false).of("t", Optional.of(line), Optional.of(TableOptions.defaults("t")));

        assertThat(goal.verdict()).isEqualTo(verdict);
        assertThat(goal.needsComparison()).isEqualTo(compare);
        assertThat(goal.missing().map(m -> goal.text())).isEqualTo(Optional.ofNullable(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transient (SQLSTATE 08006): the connection was lost|false",
                "integrity: 3 rows fewer than were counted          |false",
                "unknown: what                                      |false",
                "schema (SQLSTATE 42P01): the table does not exist  |true",
                "row data: 7 of 9 rows became dead letters          |true",
                "9 of 9 rows                                        |true",
                "unknown error of another loader                    |true",
            })
    void aFailureIsForGoodIfAnotherLoadWouldMeetItAgain(String error, boolean forGood) {
        TableGoal goal =
                new TableGoal("t", Verdict.FAILED, Optional.empty(), false, Optional.of("failed"), Optional.of(error));

        assertThat(goal.failedForGood()).isEqualTo(forGood);
    }

    @Test
    void rowsThatDifferComeWithWhatToDo() {
        Line line = new Line(
                "t",
                at("06:01"),
                at("05:59"),
                "success",
                Optional.empty(),
                0,
                Optional.of("different"),
                0,
                false,
                Optional.empty(),
                Optional.empty());

        TableGoal goal = goal(Kind.COMPLETE, false).of("t", Optional.of(line), Optional.empty());

        assertThat(goal.text()).startsWith("its last comparison left rows that differ: run verify t --repair");
    }

    @Test
    void openDeadLettersCountOnlyWhereTheyAreNotAllowed() {
        Line line = line("06:01", null, "success", 3, null, 0);

        TableGoal goal = goal(Kind.LOADED, true).of("t", Optional.of(line), Optional.empty());

        assertThat(goal.verdict()).isEqualTo(Verdict.IMPOSSIBLE);
        assertThat(goal.text()).isEqualTo("3 dead letters are open; fix the cause, then run replay");
    }

    @Test
    void aTableWithoutComparisonsIsNeverComplete() {
        Line line = line("06:01", null, "success", 0, "equal", 0);
        TableOptions off = options(new ReconcileOptions(Optional.empty(), Optional.empty()), DeleteOptions.DEFAULT);

        TableGoal goal = goal(Kind.COMPLETE, false).of("t", Optional.of(line), Optional.of(off));

        assertThat(goal.verdict()).isEqualTo(Verdict.IMPOSSIBLE);
        assertThat(goal.text()).startsWith("is not compared, since it has reconcile: off");
    }

    @Test
    void aTableThatKeepsDeletedRowsIsNeverComplete() {
        Line line = line("06:01", "05:00", "success", 0, "equal", 2);
        TableOptions ignore = options(
                ReconcileOptions.DEFAULT, new DeleteOptions(DeletePolicy.IGNORE, DeleteOptions.DEFAULT.maxFraction()));

        TableGoal goal = goal(Kind.COMPLETE, false).of("t", Optional.of(line), Optional.of(ignore));

        assertThat(goal.verdict()).isEqualTo(Verdict.IMPOSSIBLE);
        assertThat(goal.text())
                .isEqualTo("keeps rows that were deleted in the source, as deletes: ignore says: 2 rows");
    }

    @Test
    void aTableWithoutATrackingRowHasToBeLoaded() {
        TableGoal goal = goal(Kind.LOADED, false).of("t", Optional.empty(), Optional.empty());

        assertThat(goal.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(goal.text()).isEqualTo("is not tracked yet; run init, or any load of it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOADED  |equal |24|WAITING   |the target may have lost rows; a comparison is awaited",
                "COMPLETE|equal |24|WAITING   |the target may have lost rows; a comparison is awaited",
                "LOADED  |braked|24|FAILED    |its last comparison stopped at the delete limit: what",
                "LOADED  |equal |  |IMPOSSIBLE|may have lost rows of the target, and is not compared, since it has reconcile: off; run verify t --repair"
            })
    void lostRowsNeedAComparisonAndNoLoad(Kind kind, String result, Long hours, Verdict verdict, String text) {
        Line line = new Line(
                "t",
                Optional.empty(),
                Optional.empty(),
                "success",
                Optional.empty(),
                0,
                Optional.of(result),
                0,
                true,
                Optional.empty(),
                Optional.of("what"));
        TableOptions options = options(
                new ReconcileOptions(Optional.ofNullable(hours).map(Duration::ofHours), Optional.empty()),
                DeleteOptions.DEFAULT);

        TableGoal goal = goal(kind, false).of("t", Optional.of(line), Optional.of(options));

        assertThat(goal.verdict()).isEqualTo(verdict);
        assertThat(goal.needsComparison()).isTrue();
        assertThat(goal.text()).isEqualTo(text);
    }

    private static FreshnessGoal goal(Kind kind, boolean noDeadLetters) {
        return new FreshnessGoal(kind, SIX, noDeadLetters);
    }

    private static TableOptions options(ReconcileOptions reconcile, DeleteOptions deletes) {
        TableOptions defaults = TableOptions.defaults("t");
        return new TableOptions(
                "t",
                defaults.primaryKey(),
                defaults.cursors(),
                defaults.load(),
                reconcile,
                deletes,
                defaults.columns());
    }

    private static Line line(
            String loaded, String complete, String state, long deadLetters, String result, long extra) {
        return new Line(
                "t",
                at(loaded),
                at(complete),
                state,
                state.equals("paused") ? at("05:00") : Optional.empty(),
                deadLetters,
                Optional.ofNullable(result),
                extra,
                false,
                Optional.of("why"),
                Optional.of("what"));
    }

    private static Optional<Instant> at(String time) {
        return Optional.ofNullable(time).map(text -> Instant.parse("2026-03-01T" + text + ":00Z"));
    }
}
