package io.postgresloader.verify;

import io.postgresloader.model.DeletePolicy;
import java.util.StringJoiner;

/**
 * The rows that a repair wrote.
 *
 * @param loaded rows that were inserted or updated
 * @param removed extra rows that were deleted or marked
 * @param removal how extra rows were removed
 */
public record RepairCounts(long loaded, long removed, DeletePolicy removal) {
    static final RepairCounts NONE = new RepairCounts(0, 0, DeletePolicy.IGNORE);

    /** Whether no row was written. */
    public boolean none() {
        return loaded + removed == 0;
    }

    RepairCounts plus(RepairCounts next) {
        return new RepairCounts(loaded + next.loaded, removed + next.removed, next.removal);
    }

    /** What was written, in words, e.g. {@code 60 rows loaded again, 1 row deleted}. */
    public String describe() {
        StringJoiner written = new StringJoiner(", ").setEmptyValue("nothing written");
        if (loaded > 0) {
            written.add(DeletePolicy.rows(loaded) + " loaded again");
        }
        if (removed > 0) {
            written.add(removal.describe(removed));
        }
        return written.toString();
    }
}
