package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadProgress;
import io.postgresloader.model.LoadType;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.target.AlteredRows;
import io.postgresloader.target.RowTriggers;
import io.postgresloader.target.TargetTable;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks at the end of a load that every row that was counted before the pull has been pulled, counts both sides where
 * that can show a loss, and names triggers that changed rows.
 */
final class CompletionCheck {
    private static final Logger LOG = LoggerFactory.getLogger(CompletionCheck.class);

    private final LoadServices services;
    private final RewrittenTarget rewrittenTarget;

    CompletionCheck(LoadServices services) {
        this.services = services;
        this.rewrittenTarget = new RewrittenTarget(services);
    }

    /**
     * @throws io.postgresloader.model.LoadFailedException of kind INTEGRITY when fewer rows were pulled than counted
     *     and counting them again does not explain it
     */
    Completion check(Claim claim, LoadPlan.Reading plan, Position position) {
        requirePulled(plan, position);
        Completion counted = count(claim, plan, position);
        AlteredRows altered = position.tally().altered();
        return altered.rows() == 0 ? counted : counted.noting(triggers(plan, altered));
    }

    private void requirePulled(LoadPlan.Reading plan, Position position) {
        LoadProgress progress = position.bookmark().progress();
        long pulled = progress.counts().pulled() - position.tally().pulledBefore();
        long counted = progress.counted() - position.tally().pulledBefore();
        if (pulled >= counted) {
            return;
        }
        long again = RowCounts.sourceAgain(services, plan.table(), plan.scope());
        if (again > pulled) {
            throw LoadErrors.of(
                    FailureKind.INTEGRITY,
                    "integrity violation in table " + plan.table().name() + ": " + counted + " rows were counted and "
                            + pulled + " pulled; counted again there are " + again + "; the watermark stays");
        }
    }

    /** A load by keys reads few rows, and leaves these checks to the table's next load. */
    private Completion count(Claim claim, LoadPlan.Reading plan, Position position) {
        if (plan.type().byKey()) {
            return Completion.NOTHING_COUNTED;
        }
        boolean wrote = position.counts().inserted() + position.counts().updated() > 0;
        Optional<Completion> rewritten = rewrittenTarget.check(claim, plan, wrote);
        return rewritten.orElseGet(
                () -> plan.type() == LoadType.FULL ? countAll(plan, position) : Completion.NOTHING_COUNTED);
    }

    /** Only if the numbers differ, rows that were inserted after the pull are left out: that reads the key's index. */
    private Completion countAll(LoadPlan.Reading plan, Position position) {
        RowCounts all = position.insertedAll()
                ? RowCounts.ofInserted(services, plan, position.counts().inserted())
                : RowCounts.ofAll(services, plan);
        RowCounts counts = all.same() ? all : RowCounts.ofLoaded(services, plan);
        if (counts.same()) {
            return counts.completion(Optional.empty(), Optional.empty());
        }
        LOG.warn("{}: after the {} load {}", plan.table().name(), plan.type().word(), counts.describe());
        return counts.completion(Optional.of(counts.describe()), Optional.empty());
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
}
