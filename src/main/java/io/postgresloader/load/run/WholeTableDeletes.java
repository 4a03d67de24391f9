package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.LostRows;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.target.Replacement;
import java.util.Locale;

/** Checks which rows of a table without a key were deleted when it was replaced, before that is committed. */
final class WholeTableDeletes {
    private final LoadServices services;

    WholeTableDeletes(LoadServices services) {
        this.services = services;
    }

    /**
     * @param rows the rows of the source, which the target now has
     * @throws LoadFailedException of kind SCHEMA when the table has fewer rows than {@code max_delete_fraction} allows,
     *     and the load is not a requested full load; or when the source may have lost the rows that were deleted, and the
     *     request does not accept that
     */
    void requireAllowed(Claim claim, PreparedTable table, Replacement.Written written, long rows) {
        long before = rows - written.inserted() + written.deleted();
        if (written.deleted() > 0 && !claim.request().forceDeletes()) {
            new LostRows(services)
                    .possible(table.source(), table.key(), written.deleted(), before)
                    .ifPresent(reason -> {
                        throw LoadErrors.schema(reason);
                    });
        }
        // Without a key, an edited row is one that was deleted and one that was inserted: only the difference is known.
        long fewer = before - rows;
        if (claim.request().kind() != LoadRequest.Kind.FULL
                && !claim.options().deletes().mayDelete(fewer, before)) {
            throw LoadErrors.schema(String.format(
                    Locale.ROOT,
                    "table %s: %d of %d rows were deleted in the source, more than the delete limit (%.1f %%) allows,"
                            + " and none was deleted in the target; if the source deleted them on purpose, run once %s"
                            + " --full, else restore them in the source",
                    claim.table(),
                    fewer,
                    before,
                    100 * claim.options().deletes().maxFraction(),
                    claim.table()));
        }
    }
}
