package io.postgresloader.load.run;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.model.TableOptions;
import io.postgresloader.tracking.RowStamps;
import io.postgresloader.tracking.TargetStates;
import io.postgresloader.tracking.TargetStates.Change;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks at the end of a load whether a target table that another program rewrote, or from which it deleted rows, has
 * the rows of the source. It calls for a comparison unless the files, the numbers of rows and the options together prove
 * that nothing was lost.
 */
final class RewrittenTarget {
    private static final Logger LOG = LoggerFactory.getLogger(RewrittenTarget.class);

    private static final String REWRITTEN = "the target table was rewritten since the last load";
    private static final String DELETED = "the target table had rows deleted since the last load";
    private static final String UNPROVEN =
            ", and the numbers of rows do not prove that it kept all of its rows and values";

    private final LoadServices services;
    private final TargetStates targetStates;

    RewrittenTarget(LoadServices services) {
        this.services = services;
        this.targetStates = new TargetStates(services.warehouse());
    }

    /**
     * Records the table's state before it counts rows, so that the next load detects a later change.
     *
     * @param wrote whether the load wrote rows
     * @return what was counted; empty if the table shows no such change
     */
    Optional<Completion> check(Claim claim, LoadPlan.Reading plan, boolean wrote) {
        if (targetStates.change(claim.table()) != Change.NONE) {
            return recorded(claim, plan);
        }
        if (wrote) {
            targetStates.recordRows(claim.table(), claim.epoch());
        }
        return Optional.empty();
    }

    private Optional<Completion> recorded(Claim claim, LoadPlan.Reading plan) {
        services.targetTables().hold(claim.table());
        Change change = targetStates.change(claim.table());
        boolean unchanged =
                change == Change.DELETED || change == Change.REWRITTEN && targetStates.movedRows(claim.table());
        targetStates.record(claim.table(), claim.epoch());
        return switch (change) {
            case REWRITTEN, DELETED -> {
                RowCounts counts = RowCounts.ofLoaded(services, plan);
                if (change == Change.DELETED || !(unchanged && provesNoLoss(claim.options(), counts))) {
                    feedUnnamed(claim, plan);
                }
                yield Optional.of(
                        judge(claim.options(), change == Change.DELETED ? DELETED : REWRITTEN, counts, unchanged));
            }
            case UNKNOWN, NONE, COLUMNS -> Optional.empty();
        };
    }

    /** Readers of the deletes feed copy the table again: it is not known which rows another program deleted. */
    private void feedUnnamed(Claim claim, LoadPlan.Reading plan) {
        Optional<String> stamp = plan.table().stamp();
        if (stamp.isPresent()) {
            Chunks.lock(services, claim, stamp);
            new RowStamps(services.warehouse()).deletedUnnamed(claim.table(), RowStamps.OTHER_PROGRAM);
        }
    }

    /** @param unchanged whether the rows that are left are unchanged */
    private static Completion judge(TableOptions options, String what, RowCounts counts, boolean unchanged) {
        if (unchanged && provesNoLoss(options, counts)) {
            return counts.completion(Optional.empty(), Optional.empty());
        }
        boolean lost = counts.lost() > 0;
        String note = what + ": " + counts.describe() + "; to "
                + (lost ? "load the missing rows" : "find out whether rows are missing or different") + " run: verify "
                + options.table() + " --repair";
        LOG.warn("{}: {}", options.table(), note);
        return counts.completion(
                Optional.of(note),
                Optional.of(
                        lost ? what + " and has " + counts.lost() + " rows fewer than the source" : what + UNPROVEN));
    }

    /** Rows that only the target has, and dead letters, could make up for rows that it lost. */
    private static boolean provesNoLoss(TableOptions options, RowCounts counts) {
        return counts.same()
                && counts.deadLetters() == 0
                && options.deletes().policy().removes();
    }
}
