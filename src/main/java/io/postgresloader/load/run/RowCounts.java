package io.postgresloader.load.run;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.LoadScope;
import io.postgresloader.model.Selection;
import io.postgresloader.target.TargetTable;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The rows of a table on both sides at the end of a load. Rows that are marked as deleted are not counted.
 *
 * @param source rows in the source
 * @param target rows in the target
 * @param deadLetters open dead letters of the table; the target may have an older version of such a row, or none
 */
record RowCounts(long source, long target, long deadLetters) {

    /** All rows. A busy source has rows that were inserted after the pull. */
    static RowCounts ofAll(LoadServices services, LoadPlan.Reading plan) {
        return count(services, plan, Optional.empty());
    }

    /**
     * All rows, where the load has inserted those of the target, which had none: PostgreSQL reported their number, and to
     * count them again would scan the table.
     *
     * @param inserted the rows that the load has inserted
     */
    static RowCounts ofInserted(LoadServices services, LoadPlan.Reading plan, long inserted) {
        PreparedTable table = plan.table();
        long source = source(services, table, new Selection.All(), Optional.empty());
        return new RowCounts(source, inserted, services.deadLetters().open(table.name()));
    }

    /**
     * The rows that the source had when the load began: those up to the greatest integer key of that time. Without such
     * a key, all rows.
     */
    static RowCounts ofLoaded(LoadServices services, LoadPlan.Reading plan) {
        return count(services, plan, plan.scope().greatestKey());
    }

    private static RowCounts count(LoadServices services, LoadPlan.Reading plan, Optional<BigInteger> greatestKey) {
        PreparedTable table = plan.table();
        TargetTable target = table.target(services.targetTables().schema());
        return new RowCounts(
                source(services, table, new Selection.All(), greatestKey),
                greatestKey
                        .map(key -> services.targetTables().countUpTo(target, key))
                        .orElseGet(() -> services.targetTables().count(target)),
                services.deadLetters().open(table.name()));
    }

    /** The rows of the source that a load selects, without those whose integer key came later than its first count. */
    static long sourceAgain(LoadServices services, PreparedTable table, LoadScope scope) {
        return source(services, table, scope.selection(), scope.greatestKey());
    }

    private static long source(
            LoadServices services, PreparedTable table, Selection selection, Optional<BigInteger> greatestKey) {
        return services.sourceQueries()
                .count(greatestKey
                        .map(key -> table.extractSql().countUpTo(selection, key))
                        .orElseGet(() -> table.extractSql().count(selection, Optional.empty())));
    }

    boolean same() {
        return source == target;
    }

    /** The least number of rows that the target lacks though they could be written; not above 0: none for certain. */
    long lost() {
        return source - target - deadLetters;
    }

    /** Both numbers and their difference, as text. */
    String describe() {
        return "source has " + source + " rows, target " + target + ": " + Math.abs(source - target)
                + (target > source ? " more" : " fewer") + " (open dead letters: " + deadLetters + ")";
    }

    /** What is recorded of equal numbers, or of numbers whose difference means no loss. */
    Completion completion(Optional<String> notes, Optional<String> compare) {
        return new Completion(Optional.of(source), Optional.of(target), lost() > 0, notes, compare);
    }
}
