package io.postgresloader.app;

import io.postgresloader.model.TableOptions;
import io.postgresloader.monitor.FreshnessGoal;
import io.postgresloader.monitor.FreshnessGoal.TableGoal;
import io.postgresloader.monitor.FreshnessGoal.Verdict;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.tracking.FreshnessReport.Line;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;

/** Waits until tables are as a goal wants them, and says what it waits for. */
final class GoalWait {
    /** One query for all tables, which reads none of them. */
    private static final Duration POLL = Duration.ofSeconds(2);

    /** How often the output repeats what has not changed. */
    private static final Duration REPEAT = Duration.ofMinutes(1);

    /** More tables are counted, not named. */
    private static final int NAMED = 10;

    private final FreshnessGoal goal;
    private final List<String> tables;
    private final Function<String, Optional<TableOptions>> options;
    private final Supplier<Map<String, Line>> report;
    private final Clock clock;
    private final PrintWriter out;
    private final GoalTries tries = new GoalTries();
    private Set<String> said = Set.of();
    private long saidAt;

    /** A clock that is never set back, and that can be waited by. */
    interface Clock {
        /** Nanoseconds since any moment. */
        long nanos();

        void sleep(Duration time) throws InterruptedException;

        Clock SYSTEM = new Clock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration time) throws InterruptedException {
                Thread.sleep(time.toMillis());
            }
        };
    }

    /** What is done for the tables of which the goal does not hold yet, between two looks. */
    interface Work {
        /** Nothing: others load the tables. */
        Work NONE = due -> {};

        /** @param due the tables whose pause is over */
        void on(List<TableGoal> due) throws Exception;
    }

    /**
     * @param options of a table; empty: it has left the table list
     * @param report reads {@code etl_freshness}
     */
    GoalWait(
            FreshnessGoal goal,
            List<String> tables,
            Function<String, Optional<TableOptions>> options,
            Supplier<Map<String, Line>> report,
            Clock clock,
            PrintWriter out) {
        this.goal = goal;
        this.tables = tables;
        this.options = options;
        this.report = report;
        this.clock = clock;
        this.out = out;
    }

    /**
     * @param work is repeated for each table with a growing pause
     * @return 0 when the goal holds; 1 as soon as it is known that it cannot be reached, also if the time is up; 4 when
     *     the time is up
     * @throws DataAccessException when the target still cannot be queried when the time is up
     */
    int await(Duration timeout, Work work) throws Exception {
        long end = clock.nanos() + timeout.toNanos();
        saidAt = clock.nanos();
        while (true) {
            boolean timeIsUp = clock.nanos() - end >= 0;
            Optional<List<TableGoal>> found = look(timeIsUp);
            if (found.isPresent()) {
                Optional<Integer> exitCode = judge(found.get(), work == Work.NONE, timeIsUp, timeout);
                if (exitCode.isPresent()) {
                    return exitCode.get();
                }
                say(found.get());
            }
            List<TableGoal> due = work == Work.NONE ? List.of() : due(found.orElse(List.of()));
            if (due.isEmpty()) {
                pause(end);
            } else {
                work(work, due, end);
                due.forEach(table -> tries.ended(table, clock.nanos()));
            }
        }
    }

    private List<TableGoal> due(List<TableGoal> found) {
        return open(found).stream()
                .filter(table -> tries.due(table, clock.nanos()))
                .toList();
    }

    /** The tables of which the goal does not hold, and whether they need a comparison. */
    private static Set<String> toDo(List<TableGoal> found) {
        Set<String> toDo = new TreeSet<>();
        open(found).forEach(table -> toDo.add(table.table() + (table.needsComparison() ? " compare" : "")));
        return toDo;
    }

    /** What a look at the target finds; empty: it cannot be queried now. */
    private Optional<List<TableGoal>> look(boolean timeIsUp) {
        try {
            Map<String, Line> lines = report.get();
            return Optional.of(tables.stream()
                    .map(table -> goal.of(table, Optional.ofNullable(lines.get(table)), options.apply(table)))
                    .toList());
        } catch (DataAccessException e) {
            if (timeIsUp) {
                throw e;
            }
            sayOnce("The target cannot be queried now: " + SqlFailures.of(e));
            return Optional.empty();
        }
    }

    /** @param failuresCount whether a table that failed before this wait cannot be as the goal wants it */
    private Optional<Integer> judge(List<TableGoal> found, boolean failuresCount, boolean timeIsUp, Duration timeout) {
        List<TableGoal> open = open(found);
        if (open.isEmpty()) {
            out.println("Holds: " + counted(tables.size()) + (tables.size() == 1 ? " is " : " are ") + goal);
            return end(ExitCode.DONE);
        }
        List<TableGoal> impossible = open.stream()
                .filter(table -> table.verdict() == Verdict.IMPOSSIBLE
                        || failuresCount && table.verdict() == Verdict.FAILED
                        || tries.tried(table) && table.failedForGood())
                .toList();
        if (!impossible.isEmpty()) {
            impossible.forEach(table -> out.println(table.table() + ": " + table.text()));
            out.println("Cannot hold: " + counted(impossible.size()) + " cannot be " + goal);
            return end(ExitCode.FAILED);
        }
        if (timeIsUp) {
            details(open);
            out.println("Timed out after " + timeout.toSeconds() + " s: " + counted(open.size())
                    + (open.size() == 1 ? " is not " : " are not ") + goal);
            return end(ExitCode.TIMED_OUT);
        }
        return Optional.empty();
    }

    private Optional<Integer> end(int exitCode) {
        out.flush();
        return Optional.of(exitCode);
    }

    private static List<TableGoal> open(List<TableGoal> found) {
        return found.stream().filter(table -> table.verdict() != Verdict.HOLDS).toList();
    }

    /** A load that the end of the time stops is not a failure. */
    private void work(Work work, List<TableGoal> due, long end) throws Exception {
        try {
            work.on(due);
        } catch (RuntimeException | ExecutionException e) {
            if (clock.nanos() - end < 0) {
                throw e;
            }
        }
    }

    private void pause(long end) throws InterruptedException {
        long left = Math.min(POLL.toNanos(), end - clock.nanos());
        if (left > 0) {
            // A pause of less than a millisecond would be none.
            clock.sleep(Duration.ofNanos(left).plusMillis(1));
        }
    }

    /** Whenever other tables are waited for, and now and then. */
    private void say(List<TableGoal> found) {
        List<TableGoal> open = open(found);
        Set<String> now = toDo(found);
        if (now.equals(said) && clock.nanos() - saidAt < REPEAT.toNanos()) {
            return;
        }
        said = now;
        saidAt = clock.nanos();
        out.println("Waiting for " + open.size() + " of " + counted(tables.size()) + " to be " + goal);
        details(open);
        out.flush();
    }

    private void details(List<TableGoal> open) {
        named("  to be loaded: ", open, table -> !table.needsComparison());
        named("  to be compared: ", open, TableGoal::needsComparison);
    }

    private void named(String what, List<TableGoal> open, Predicate<TableGoal> which) {
        List<TableGoal> named = open.stream().filter(which).toList();
        if (!named.isEmpty()) {
            out.println(what
                    + named.stream()
                            .limit(NAMED)
                            .map(table -> table.table() + " (" + table.text() + ")")
                            .collect(Collectors.joining(", "))
                    + (named.size() > NAMED ? " and " + (named.size() - NAMED) + " more" : ""));
        }
    }

    private void sayOnce(String text) {
        if (!said.equals(Set.of(text))) {
            said = Set.of(text);
            out.println(text);
            out.flush();
        }
    }

    private static String counted(int tables) {
        return tables == 1 ? "1 table" : tables + " tables";
    }
}
