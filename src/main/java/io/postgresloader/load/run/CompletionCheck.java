package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadProgress;
import io.postgresloader.model.LoadScope;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.Selection;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.target.AlteredRows;
import io.postgresloader.target.RowTriggers;
import io.postgresloader.target.TargetTable;
import io.postgresloader.tracking.TargetStates;
import io.postgresloader.tracking.TargetStates.Change;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks at the end of a load that every row that was counted before the pull has been pulled, and that a target table
 * that another program rewrote has kept its rows.
 */
final class CompletionCheck {
    private static final Logger LOG = LoggerFactory.getLogger(CompletionCheck.class);

    private static final String REWRITTEN = "the target table was rewritten since the last load";

    private final LoadServices services;
    private final TargetStates targetStates;

    CompletionCheck(LoadServices services) {
        this.services = services;
        this.targetStates = new TargetStates(services.warehouse());
    }

    /**
     * @throws io.postgresloader.model.LoadFailedException of kind INTEGRITY when fewer rows were pulled than counted
     *     and counting them again does not explain it
     */
    Completion check(Claim claim, LoadPlan.Reading plan, Position position) {
        AlteredRows altered = position.tally().altered();
        Completion counted = count(claim, plan, position);
        return altered.rows() == 0 ? counted : counted.noting(triggers(plan, altered));
    }

    private String triggers(LoadPlan.Reading plan, AlteredRows altered) {
        TargetTable table = plan.table().target(services.targetTables().schema());
        try {
            String note = services.warehouse().onCurrentConnection(connection -> RowTriggers.of(connection, table)
                    .note(altered));
            LOG.warn("{}: {}", table.name(), note);
            return note;
        } catch (SQLException e) {
            throw new LoadFailedException(SqlFailures.of(e));
        }
    }

    private Completion count(Claim claim, LoadPlan.Reading plan, Position position) {
        LoadProgress progress = position.bookmark().progress();
        long pulled = progress.counts().pulled() - position.tally().pulledBefore();
        long counted = progress.counted() - position.tally().pulledBefore();
        if (pulled < counted) {
            requireExplained(plan, counted, pulled);
        }
        boolean rewritten = !plan.type().byKey() && rewritten(claim);
        return rewritten || plan.type() == LoadType.FULL ? compareCounts(plan, rewritten) : Completion.NOTHING_COUNTED;
    }

    /** The state is read and recorded before rows are counted, so that the next load detects a later change. */
    private boolean rewritten(Claim claim) {
        Change change = targetStates.change(claim.table());
        if (change != Change.NONE) {
            targetStates.record(claim.table(), claim.epoch());
        }
        return change == Change.REWRITTEN;
    }

    private void requireExplained(LoadPlan.Reading plan, long counted, long pulled) {
        long stillThere = countAgain(plan.table(), plan.scope());
        if (stillThere > pulled) {
            throw LoadErrors.of(
                    FailureKind.INTEGRITY,
                    "integrity violation in table " + plan.table().name() + ": " + counted + " rows were counted and "
                            + pulled + " pulled; counted again there are " + stillThere + "; the watermark stays");
        }
    }

    /** Excludes rows with later keys, which did not exist at the first count. */
    private long countAgain(PreparedTable table, LoadScope scope) {
        return services.sourceQueries()
                .count(scope.greatestKey()
                        .map(key -> table.extractSql().countUpTo(scope.selection(), key))
                        .orElseGet(() -> table.extractSql().count(scope.selection(), Optional.empty())));
    }

    private Completion compareCounts(LoadPlan.Reading plan, boolean rewritten) {
        PreparedTable table = plan.table();
        long sourceRows =
                services.sourceQueries().count(table.extractSql().count(new Selection.All(), Optional.empty()));
        long targetRows = services.targetTables()
                .count(table.target(services.targetTables().schema()));
        return sourceRows == targetRows
                ? new Completion(Optional.of(sourceRows), Optional.of(targetRows), Optional.empty(), Optional.empty())
                : different(plan, sourceRows, targetRows, rewritten);
    }

    private Completion different(LoadPlan.Reading plan, long sourceRows, long targetRows, boolean rewritten) {
        String table = plan.table().name();
        long deadLetters = services.deadLetters().open(table);
        long lost = sourceRows - targetRows - deadLetters;
        boolean lostByRewrite = rewritten && lost > 0;
        String difference = "source has " + sourceRows + " rows, target " + targetRows + ": "
                + Math.abs(sourceRows - targetRows) + (targetRows > sourceRows ? " more" : " fewer")
                + " (open dead letters: " + deadLetters + ")";
        String note = lostByRewrite
                ? REWRITTEN + ": " + difference + "; to load the missing rows run: verify " + table + " --repair"
                : difference;
        LOG.warn("{}: after the {} load {}", table, plan.type().word(), note);
        return new Completion(
                Optional.of(sourceRows),
                Optional.of(targetRows),
                Optional.of(note),
                lostByRewrite
                        ? Optional.of(REWRITTEN + " and has " + lost + " rows fewer than the source")
                        : Optional.empty());
    }
}
