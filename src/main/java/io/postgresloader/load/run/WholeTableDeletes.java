package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.LostRows;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.target.Replacement;
import java.util.Locale;

/**
 * Checks how many rows of a table without a key were deleted when it was replaced, before that is committed. Without a
 * key, an edited row is one that was deleted and one that was inserted, so that it counts as well.
 */
final class WholeTableDeletes {
    private final LoadServices services;

    WholeTableDeletes(LoadServices services) {
        this.services = services;
    }

    /**
     * @param rows the rows of the source, which the target now has
     * @throws LoadFailedException of kind SCHEMA when more rows were deleted than {@code max_delete_fraction} allows,
     *     and the load is not a requested full load; or when the source may have lost them, and the request does not
     *     accept that
     */
    void requireAllowed(Claim claim, LoadPlan.Reading plan, Replacement.Written written, long rows) {
        long before = rows - written.inserted() + written.deleted();
        boolean edits = readAsBefore(claim, plan);
        long deleted = edits ? written.deleted() : Math.max(0, before - rows);
        if (deleted == 0) {
            return;
        }
        if (!claim.request().forceDeletes()) {
            new LostRows(services)
                    .possible(plan.table().source(), plan.table().key(), deleted, before)
                    .ifPresent(reason -> {
                        throw LoadErrors.schema(reason);
                    });
        }
        if (claim.request().kind() != LoadRequest.Kind.FULL
                && !claim.options().deletes().mayDelete(deleted, before)) {
            throw aboveLimit(claim, deleted, before, edits && written.inserted() > 0);
        }
    }

    /** Whether the last load would have read the same rows alike; otherwise every row may differ from its old image. */
    private static boolean readAsBefore(Claim claim, LoadPlan.Reading plan) {
        return claim.state().watermarks().isPresent()
                && claim.state().backfill().isEmpty()
                && plan.preparation().change().backfill().isEmpty()
                && claim.state().fingerprint().equals(plan.scope().fingerprint());
    }

    private static LoadFailedException aboveLimit(Claim claim, long deleted, long before, boolean edited) {
        return LoadErrors.schema(String.format(
                Locale.ROOT,
                "table %s: %d of %d rows were deleted%s in the source, more than max_delete_fraction (%.1f %%) allows,"
                        + " and none was deleted in the target; check the source, then run once %s --full%s",
                claim.table(),
                deleted,
                before,
                edited ? " or edited" : "",
                100 * claim.options().deletes().maxFraction(),
                claim.table(),
                edited ? ", or set max_delete_fraction: 100% for a table whose rows are edited often" : ""));
    }
}
