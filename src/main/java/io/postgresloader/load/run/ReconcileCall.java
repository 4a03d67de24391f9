package io.postgresloader.load.run;

import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.plan.RandomKeys;
import io.postgresloader.load.plan.RestoredSource;
import io.postgresloader.model.Counts;
import io.postgresloader.tracking.TableState;
import java.util.Optional;

/** Detects that a successful load may have missed something that only a comparison of the whole table can find. */
final class ReconcileCall {
    private ReconcileCall() {}

    /**
     * Why the table should be compared soon; empty when it need not be.
     *
     * @param before the table's state before the load
     * @param counts the counts of the rows that the load pulled
     */
    static Optional<String> reason(LoadPlan.Reading plan, TableState before, Counts counts, Completion completion) {
        return switch (plan.type()) {
            case FULL -> completion.compare().or(() -> moreInTarget(completion));
            case INCREMENTAL, APPEND, ADOPT -> completion
                    .compare()
                    .or(() -> otherServer(plan))
                    .or(plan::compare)
                    .or(() -> changedSinceLastLoad(before, plan) ? notSeen(plan, counts) : maybeNotSeen(plan));
            case REPLAY, REPAIR, UNCHANGED -> Optional.empty();
        };
    }

    private static Optional<String> moreInTarget(Completion completion) {
        long more = completion.targetRows().orElse(0L) - completion.sourceRows().orElse(0L);
        return more > 0 ? Optional.of("the target has " + more + " rows more than the source") : Optional.empty();
    }

    /** Its clock may be behind, or the old server had rows that it never got. */
    private static Optional<String> otherServer(LoadPlan.Reading plan) {
        return plan.notes().contains(RestoredSource.ACCEPTED) ? Optional.of(RestoredSource.ACCEPTED) : Optional.empty();
    }

    private static boolean changedSinceLastLoad(TableState before, LoadPlan.Reading plan) {
        return before.seen()
                .flatMap(seen -> plan.seen().map(now -> !seen.sameSource(now)))
                .orElse(false);
    }

    private static Optional<String> maybeNotSeen(LoadPlan.Reading plan) {
        return randomKeys(plan) && plan.seen().isEmpty()
                ? Optional.of("the keys are random, and the source does not say whether the table changed")
                : Optional.empty();
    }

    private static boolean randomKeys(LoadPlan.Reading plan) {
        return plan.notes().contains(RandomKeys.NOTE);
    }

    private static Optional<String> notSeen(LoadPlan.Reading plan, Counts counts) {
        if (randomKeys(plan)) {
            return Optional.of("the source changed, and neither its edits nor new rows with lower keys show");
        }
        if (!plan.showsEdits()) {
            return Optional.of("the source changed, and its edits do not show");
        }
        boolean foundNothing = counts.inserted() + counts.updated() + counts.deadLettered() == 0;
        return foundNothing ? Optional.of("the source changed, and the load found nothing") : Optional.empty();
    }
}
