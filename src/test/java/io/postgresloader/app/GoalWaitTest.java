package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.model.TableOptions;
import io.postgresloader.monitor.FreshnessGoal;
import io.postgresloader.monitor.FreshnessGoal.Kind;
import io.postgresloader.monitor.FreshnessGoal.TableGoal;
import io.postgresloader.tracking.FreshnessReport.Line;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class GoalWaitTest {
    private static final Instant SIX = Instant.parse("2026-03-01T06:00:00Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private FreshnessGoal goal = new FreshnessGoal(Kind.LOADED, SIX, false);
    private final StringWriter out = new StringWriter();
    private final Deque<Supplier<Map<String, Line>>> looks = new ArrayDeque<>();
    private final List<List<String>> worked = new ArrayList<>();
    private final GoalWait.Work work =
            open -> worked.add(open.stream().map(TableGoal::table).toList());

    /** Its time is that of the sleeps. */
    private static final class SleptClock implements GoalWait.Clock {
        private long nanos = 41;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public void sleep(Duration time) {
            nanos += time.toNanos();
        }
    }

    @Test
    void itEndsWhenTheGoalHolds() throws Exception {
        look(line("a", "05:59", "success"), line("b", "06:00", "success"));
        look(line("a", "06:00", "running"), line("b", "06:00", "success"));

        assertThat(await(GoalWait.Work.NONE)).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .isEqualTo("Waiting for 1 of 2 tables to be loaded up to 2026-03-01T06:00:00Z\n"
                        + "  to be loaded: a (loaded up to 2026-03-01T05:59:00Z; its next load is awaited)\n"
                        + "Holds: 2 tables are loaded up to 2026-03-01T06:00:00Z\n");
    }

    @Test
    void itEndsWhenATableFailed() throws Exception {
        look(line("a", "05:59", "running"), line("b", "06:00", "success"));
        look(line("a", "05:59", "failed"), line("b", "06:00", "success"));

        assertThat(await(GoalWait.Work.NONE)).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString())
                .endsWith("a: its last load failed: why\n"
                        + "Cannot hold: 1 table cannot be loaded up to 2026-03-01T06:00:00Z\n");
    }

    @Test
    void itEndsWhenTheTimeIsUp() throws Exception {
        look(line("a", "05:59", "running"), line("b", "06:00", "success"));

        assertThat(await(GoalWait.Work.NONE)).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(out.toString()).endsWith("Timed out after 10 s: 1 table is not loaded up to 2026-03-01T06:00:00Z\n");
    }

    @Test
    void aTableThatFailedBeforeIsLoadedOnce() throws Exception {
        look(line("a", "05:59", "failed"), line("b", "05:59", "success"));
        look(line("a", "05:59", "failed"), line("b", "06:00", "success"));

        assertThat(await(work)).isEqualTo(ExitCode.FAILED);
        assertThat(worked).containsExactly(List.of("a", "b"));
    }

    @Test
    void aLoadThatMayStillSucceedIsRepeatedWithAGrowingPause() throws Exception {
        look(line("a", "05:59", "failed", "transient (SQLSTATE 08006): gone"), line("b", "06:00", "success"));
        SleptClock clock = new SleptClock();
        List<Long> seconds = new ArrayList<>();

        int exitCode = await(Duration.ofMinutes(2), due -> seconds.add(clock.nanos() / 1_000_000_000), clock);

        assertThat(exitCode).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(seconds).containsExactly(0L, 2L, 6L, 14L, 30L, 60L, 90L);
        assertThat(out.toString()).contains("to be loaded: a (its last load failed: transient (SQLSTATE 08006): gone)");
    }

    @Test
    void aTableWhoseComparisonLeavesDifferencesEndsTheWait() throws Exception {
        goal = new FreshnessGoal(Kind.COMPLETE, SIX, false);
        look(compared("a", "06:00", "05:59", "equal"), compared("b", "06:00", "06:00", "equal"));
        look(compared("a", "06:00", "05:59", "different"), compared("b", "06:00", "06:00", "equal"));

        assertThat(await(work)).isEqualTo(ExitCode.FAILED);
        assertThat(worked).containsExactly(List.of("a"));
        assertThat(out.toString()).contains("a: its last comparison left rows that differ: ");
    }

    /** The result is that of the night before. */
    @Test
    void aTableThatStoppedAtItsDeleteLimitIsLoadedAndThenComparedOnceMore() throws Exception {
        goal = new FreshnessGoal(Kind.COMPLETE, SIX, false);
        look(compared("a", "05:00", "04:00", "braked"), compared("b", "06:00", "06:00", "equal"));
        look(compared("a", "06:00", "04:00", "braked"), compared("b", "06:00", "06:00", "equal"));
        look(compared("a", "06:00", "06:00", "repaired"), compared("b", "06:00", "06:00", "equal"));

        assertThat(await(work)).isEqualTo(ExitCode.DONE);
        assertThat(worked).containsExactly(List.of("a"), List.of("a"));
    }

    @Test
    void aTableThatIsLoadedAgainAndAgainHoldsUpNoOther() throws Exception {
        goal = new FreshnessGoal(Kind.COMPLETE, SIX, false);
        look(compared("a", "05:00", "04:00", "equal"), compared("b", "05:00", "04:00", "equal"));
        look(compared("a", "05:00", "04:00", "equal"), compared("b", "06:00", "04:00", "equal"));

        assertThat(await(work)).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(worked).startsWith(List.of("a", "b"), List.of("b"), List.of("a", "b"));
    }

    @Test
    void whatCannotHoldIsSaidAlsoWhenTheTimeIsUp() throws Exception {
        look(line("a", "05:59", "failed"), line("b", "05:59", "success"));
        SleptClock clock = new SleptClock();

        assertThat(await(TIMEOUT, due -> clock.sleep(TIMEOUT), clock)).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("Cannot hold: 1 table").doesNotContain("Timed out");
    }

    @Test
    void nothingIsDoneForAPausedTable() throws Exception {
        look(line("a", "05:59", "paused"), line("b", "05:59", "success"));

        assertThat(await(work)).isEqualTo(ExitCode.FAILED);
        assertThat(worked).isEmpty();
    }

    @Test
    void tablesAreLoadedAgainUntilTheHorizonIsLateEnough() throws Exception {
        look(line("a", "05:58", "success"), line("b", "06:00", "success"));
        // Right after the load, and after a pause.
        look(line("a", "05:59", "success"), line("b", "06:00", "success"));
        look(line("a", "05:59", "success"), line("b", "06:00", "success"));
        look(line("a", "06:00", "success"), line("b", "06:00", "success"));

        assertThat(await(work)).isEqualTo(ExitCode.DONE);
        assertThat(worked).containsExactly(List.of("a"), List.of("a"));
    }

    @Test
    void aTargetThatIsDownForAMomentIsWaitedFor() throws Exception {
        looks.add(() -> {
            throw new DataAccessResourceFailureException("connection refused");
        });
        look(line("a", "06:00", "success"), line("b", "06:00", "success"));

        assertThat(await(GoalWait.Work.NONE)).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).startsWith("The target cannot be queried now: ");
    }

    @Test
    void aTargetThatIsStillDownAtTheEndIsAnError() {
        looks.add(() -> {
            throw new DataAccessResourceFailureException("connection refused");
        });

        assertThatThrownBy(() -> await(GoalWait.Work.NONE)).isInstanceOf(DataAccessResourceFailureException.class);
    }

    @Test
    void aLoadThatTheEndOfTheTimeStopsIsNoFailure() throws Exception {
        look(line("a", "05:59", "success"), line("b", "06:00", "success"));
        SleptClock clock = new SleptClock();

        int exitCode = await(
                open -> {
                    clock.sleep(TIMEOUT);
                    throw new IllegalStateException("the loader was stopped");
                },
                clock);

        assertThat(exitCode).isEqualTo(ExitCode.TIMED_OUT);
    }

    private int await(GoalWait.Work with) throws Exception {
        return await(with, new SleptClock());
    }

    private int await(GoalWait.Work with, SleptClock clock) throws Exception {
        return await(TIMEOUT, with, clock);
    }

    private int await(Duration timeout, GoalWait.Work with, SleptClock clock) throws Exception {
        return new GoalWait(
                        goal,
                        List.of("a", "b"),
                        table -> Optional.of(TableOptions.defaults(table)),
                        this::next,
                        clock,
                        new PrintWriter(out))
                .await(timeout, with);
    }

    private Map<String, Line> next() {
        return (looks.size() > 1 ? looks.poll() : looks.peek()).get();
    }

    private void look(Line a, Line b) {
        looks.add(() -> Map.of("a", a, "b", b));
    }

    private static Line line(String table, String loaded, String state) {
        return line(table, loaded, state, "why");
    }

    private static Line line(String table, String loaded, String state, String error) {
        return new Line(
                table,
                at(loaded),
                Optional.empty(),
                state,
                state.equals("paused") ? Optional.of(SIX) : Optional.empty(),
                0,
                Optional.empty(),
                0,
                false,
                Optional.of(error),
                Optional.empty());
    }

    private static Line compared(String table, String loaded, String complete, String result) {
        return new Line(
                table,
                at(loaded),
                at(complete),
                "success",
                Optional.empty(),
                0,
                Optional.of(result),
                0,
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Instant> at(String time) {
        return Optional.of(Instant.parse("2026-03-01T" + time + ":00Z"));
    }
}
