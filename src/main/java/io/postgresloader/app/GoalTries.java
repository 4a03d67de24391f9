package io.postgresloader.app;

import io.postgresloader.monitor.FreshnessGoal.TableGoal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * When a table that is waited for is worked on again. Its next step, such as the comparison after the load, follows at
 * once. The same step is repeated after a pause that doubles each time: the load failed, or the horizon was not late
 * enough, and the same work would come to the same result.
 */
final class GoalTries {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Map<String, Try> last = new HashMap<>();

    /**
     * @param comparison whether the step was a comparison, not a load
     * @param endedAt in nanoseconds of the clock
     */
    private record Try(boolean comparison, long endedAt, Duration pause) {}

    /** @param now in nanoseconds of the clock */
    boolean due(TableGoal table, long now) {
        Try before = last.get(table.table());
        return !tried(table) || now - before.endedAt >= before.pause.toNanos();
    }

    /** Whether the step that the table needs was already made. */
    boolean tried(TableGoal table) {
        Try before = last.get(table.table());
        return before != null && before.comparison == table.needsComparison();
    }

    /** The step that the table needed was made. */
    void ended(TableGoal table, long now) {
        Duration twice = tried(table) ? last.get(table.table()).pause.multipliedBy(2) : FIRST_PAUSE;
        Duration pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
        last.put(table.table(), new Try(table.needsComparison(), now, pause));
    }
}
