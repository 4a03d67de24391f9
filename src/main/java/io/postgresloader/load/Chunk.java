package io.postgresloader.load;

import io.postgresloader.model.Counts;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.MappedValues;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.target.BatchResult;
import java.util.ArrayList;
import java.util.List;

/** One page on its way into the target: what was pulled, and what has become of it so far. */
final class Chunk {
    private final Page page;
    private final int batchRows;
    private Counts counts;

    Chunk(Page page, int batchRows) {
        this.page = page;
        this.batchRows = batchRows;
        this.counts = new Counts(page.pulled(), 0, 0, 0, page.rejected().size(), page.mapped());
    }

    Page page() {
        return page;
    }

    /** The rows that could be encoded, in batches. */
    List<RowBatch> batches() {
        List<RowBatch> batches = new ArrayList<>();
        RowBatch rows = page.rows();
        for (int from = rows.from(); from < rows.to(); from += batchRows) {
            batches.add(rows.slice(from, Math.min(rows.to(), from + batchRows)));
        }
        return batches;
    }

    /** What has become of the rows so far. */
    Counts counts() {
        return counts;
    }

    void add(BatchResult result) {
        counts = counts.plus(new Counts(
                0,
                result.inserted(),
                result.updated(),
                result.unchanged(),
                result.refused().size(),
                MappedValues.NONE));
    }

    /**
     * What became of the rows.
     *
     * @throws io.postgresloader.model.LoadFailedException of kind INTEGRITY when a row is not accounted for
     */
    Counts balanced() {
        if (!counts.balanced()) {
            throw Refusals.of(
                    FailureKind.INTEGRITY,
                    "of " + counts.pulled() + " rows pulled, " + counts.inserted() + " were inserted, "
                            + counts.updated() + " updated, " + counts.unchanged() + " unchanged and "
                            + counts.deadLettered() + " dead-lettered: the chunk is rolled back");
        }
        return counts;
    }
}
