package io.postgresloader.load;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadType;
import io.postgresloader.tracking.TableState.Seen;
import java.util.Optional;

/** Tells when a load that went well leaves something that only a comparison of the whole table can find. */
final class ReconcileCall {
    private ReconcileCall() {}

    /** Why the table should be compared soon, in words; empty: nothing calls for it. */
    static Optional<String> reason(LoadRun run, Completion completion) {
        if (run.bookmark().type() == LoadType.FULL) {
            long more =
                    completion.targetRows().orElse(0L) - completion.sourceRows().orElse(0L);
            return more > 0 ? Optional.of("the target has " + more + " rows more than the source") : Optional.empty();
        }
        return changedSinceLastLoad(run) ? notSeen(run) : Optional.empty();
    }

    private static boolean changedSinceLastLoad(LoadRun run) {
        Optional<String> before = run.state().seen().map(Seen::token);
        return before.isPresent()
                && run.seen().isPresent()
                && !before.equals(run.seen().map(Seen::token));
    }

    private static Optional<String> notSeen(LoadRun run) {
        if (!run.plan().table().showsEdits()) {
            return Optional.of("the source changed, and its edits do not show");
        }
        Counts counts = run.bookmark().counts();
        boolean foundNothing = counts.inserted() + counts.updated() + counts.deadLettered() == 0;
        return foundNothing ? Optional.of("the source changed, and the load found nothing") : Optional.empty();
    }
}
