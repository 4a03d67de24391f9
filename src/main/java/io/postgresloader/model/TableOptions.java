package io.postgresloader.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code tables.yml} says about one table, defaults filled in.
 *
 * @param table the table's name in the source and in the target
 * @param primaryKey the key to upsert by; empty: the one the source declares
 * @param cursorColumns the columns that show a change, most reliable first; empty: none
 * @param cursorLogic how the cursor columns are joined
 * @param bounds the dates that count as real in cursor columns
 * @param schedule the time between two loads
 * @param load what each load reads
 * @param lookback how far below its watermark a load reads again, for transactions that committed late
 * @param skipUnchanged whether the source's {@code update_time} may tell that there is nothing to load
 * @param reconcile the time between two comparisons of the whole table; empty: off
 * @param quietHours when no comparison is begun on its own, on the source's wall clock; empty: none
 * @param deletes what a reconcile does with rows that are gone from the source
 * @param maxDeleteFraction the part of the target's rows, 0 to 1, that a repair may take away without being told to
 * @param maxDeadLetterFraction the part of the rows of a load, 0 to 1, beyond which their being refused stops the load
 * @param columns how single columns are treated
 */
public record TableOptions(
        String table,
        List<String> primaryKey,
        List<String> cursorColumns,
        CursorLogic cursorLogic,
        DateBounds bounds,
        Duration schedule,
        LoadMode load,
        Duration lookback,
        boolean skipUnchanged,
        Optional<Duration> reconcile,
        Optional<QuietHours> quietHours,
        DeletePolicy deletes,
        double maxDeleteFraction,
        double maxDeadLetterFraction,
        ColumnOptions columns) {

    public static final Duration DEFAULT_SCHEDULE = Duration.ofMinutes(5);
    public static final LoadMode DEFAULT_LOAD = LoadMode.AUTO;
    public static final Duration DEFAULT_LOOKBACK = Duration.ofMinutes(5);
    public static final boolean DEFAULT_SKIP_UNCHANGED = true;
    public static final Duration DEFAULT_RECONCILE = Duration.ofHours(24);
    public static final DeletePolicy DEFAULT_DELETES = DeletePolicy.DELETE;
    public static final double DEFAULT_MAX_DELETE_FRACTION = 0.05;
    /** So many rows may go whatever part of the table they are: small tables are emptied now and then. */
    private static final long ALWAYS_DELETED = 100;

    public static final double DEFAULT_MAX_DEAD_LETTER_FRACTION = 0.5;

    public TableOptions {
        primaryKey = List.copyOf(primaryKey);
        cursorColumns = List.copyOf(cursorColumns);
    }

    /** A table of which nothing but the name was said. */
    public static TableOptions defaults(String table) {
        return new TableOptions(
                table,
                List.of(),
                List.of(),
                CursorLogic.OR,
                DateBounds.DEFAULT,
                DEFAULT_SCHEDULE,
                DEFAULT_LOAD,
                DEFAULT_LOOKBACK,
                DEFAULT_SKIP_UNCHANGED,
                Optional.of(DEFAULT_RECONCILE),
                Optional.empty(),
                DEFAULT_DELETES,
                DEFAULT_MAX_DELETE_FRACTION,
                DEFAULT_MAX_DEAD_LETTER_FRACTION,
                ColumnOptions.DEFAULT);
    }

    /**
     * Whether so many rows may be deleted without being told to.
     *
     * @param gone the rows that would go
     * @param rows how many rows there are
     */
    public boolean mayDelete(long gone, long rows) {
        return gone <= Math.max(ALWAYS_DELETED, maxDeleteFraction * rows);
    }

    /** These options with another schedule. */
    public TableOptions every(Duration newSchedule) {
        return with(newSchedule, lookback);
    }

    /** These options with another lookback. */
    public TableOptions lookingBack(Duration newLookback) {
        return with(schedule, newLookback);
    }

    private TableOptions with(Duration newSchedule, Duration newLookback) {
        return new TableOptions(
                table,
                primaryKey,
                cursorColumns,
                cursorLogic,
                bounds,
                newSchedule,
                load,
                newLookback,
                skipUnchanged,
                reconcile,
                quietHours,
                deletes,
                maxDeleteFraction,
                maxDeadLetterFraction,
                columns);
    }
}
