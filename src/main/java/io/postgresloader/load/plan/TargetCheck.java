package io.postgresloader.load.plan;

import io.postgresloader.load.LoadServices;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.target.TargetNames;
import io.postgresloader.tracking.TableState;
import io.postgresloader.tracking.TargetStates;
import io.postgresloader.tracking.TargetStates.Change;
import java.util.List;
import java.util.Optional;

/**
 * Checks before a load that the target table is as the last load left it. Its cost does not depend on the size of the
 * table. A table that has new files or deleted rows, and no row, was emptied, and all of its rows are loaded again. If it
 * has rows, it may have been emptied in part, or VACUUM FULL may have run: such a load counts the rows of both sides at
 * its end.
 */
public final class TargetCheck {
    private static final String EMPTIED = "the target table was emptied since the last load";

    private final LoadServices services;
    private final TargetStates targetStates;

    public TargetCheck(LoadServices services) {
        this.services = services;
        this.targetStates = new TargetStates(services.warehouse());
    }

    /**
     * What was found.
     *
     * @param state the table's state, from which the load is planned
     * @param asRecorded whether the target table is as the last load left it
     * @param emptied whether the target table lost all of its rows
     * @param loadsAgain why they are all loaded again; empty: they need not be
     */
    public record Found(TableState state, boolean asRecorded, boolean emptied, Optional<String> loadsAgain) {
        /** A table of a target without tracking tables. */
        static final Found UNTRACKED = new Found(TableState.UNKNOWN, false, false, Optional.empty());
    }

    /** @throws io.postgresloader.model.LoadFailedException of kind SCHEMA when the target cannot have a table of the name */
    public Found of(LoadRequest request, TableState state) {
        TargetNames.require(request.table(), List.of());
        Change change = targetStates.change(request.table());
        boolean emptied = (change == Change.REWRITTEN || change == Change.DELETED || change == Change.UNKNOWN)
                && services.targetTables().exists(request.table())
                && !services.targetTables().hasRows(request.table());
        Optional<String> loadsAgain = emptied && readsAll(request) && loadedBefore(state)
                ? Optional.of(state.backfill().orElse(EMPTIED))
                : Optional.empty();
        return new Found(loadsAgain.map(state::backfilling).orElse(state), change == Change.NONE, emptied, loadsAgain);
    }

    /** A load of some rows by their keys leaves it to the next load. */
    private static boolean readsAll(LoadRequest request) {
        return request.kind() == LoadRequest.Kind.DUE || request.kind() == LoadRequest.Kind.FULL;
    }

    private static boolean loadedBefore(TableState state) {
        return state.watermarks().isPresent() || state.bookmark().isPresent();
    }
}
