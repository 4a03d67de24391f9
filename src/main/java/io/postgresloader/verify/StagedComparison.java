package io.postgresloader.verify;

import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.target.StageComparison;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Compares a table with any other key. The servers sort such keys differently, so each page is copied into a stage and
 * joined with the target.
 */
final class StagedComparison {
    private final PreparedTable table;
    private final ComparisonCounts counts;
    private final RecheckQueue rechecks;
    private final int batchRows;

    StagedComparison(PreparedTable table, ComparisonCounts counts, RecheckQueue rechecks, int batchRows) {
        this.table = table;
        this.counts = counts;
        this.rechecks = rechecks;
        this.batchRows = batchRows;
    }

    void run(SourceScan source, StageComparison stage, Runnable pageDone) throws SQLException {
        stage.keepKeys();
        for (Optional<Page> page = source.next(); page.isPresent(); page = source.next()) {
            RowBatch rows = page.get().rows();
            for (int from = 0; from < rows.rows(); from += batchRows) {
                compare(stage, rows.slice(from, Math.min(rows.rows(), from + batchRows)));
            }
            rechecks.addUnreadable(page.get().deadLetters());
            pageDone.run();
        }
        for (List<String> printed : stage.keysBeyondKept()) {
            rechecks.add(table.keyFormat().fromTarget(printed));
        }
        rechecks.flush();
    }

    private void compare(StageComparison stage, RowBatch batch) throws SQLException {
        StageComparison.Result result = stage.compare(batch);
        for (int row = batch.from(); row < batch.to(); row++) {
            boolean same = !result.missing().contains(row)
                    && !result.different().contains(row)
                    && !result.unstorable().contains(row);
            if (same) {
                counts.equal();
            } else {
                rechecks.add(table.keyFormat().fromCells(batch.cells(row)));
            }
        }
    }
}
