package io.postgresloader.verify;

import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.target.StageComparison;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Tables with any other key: the servers order them differently, so that each page is joined with the target. */
final class StagedComparison {
    private final PreparedTable table;
    private final Tally tally;
    private final Suspects suspects;
    private final int batchRows;

    StagedComparison(PreparedTable table, Tally tally, Suspects suspects, int batchRows) {
        this.table = table;
        this.tally = tally;
        this.suspects = suspects;
        this.batchRows = batchRows;
    }

    void run(SourceScan source, StageComparison stage, Runnable pageDone) throws SQLException {
        stage.keepKeys();
        for (Optional<Page> page = source.next(); page.isPresent(); page = source.next()) {
            RowBatch rows = page.get().rows();
            for (int from = 0; from < rows.rows(); from += batchRows) {
                compare(stage, rows.slice(from, Math.min(rows.rows(), from + batchRows)));
            }
            suspects.addUnreadable(page.get().deadLetters());
            pageDone.run();
        }
        for (List<String> printed : stage.keysBeyondKept()) {
            suspects.add(table.keyFormat().fromTarget(printed));
        }
        suspects.lookNow();
    }

    private void compare(StageComparison stage, RowBatch batch) throws SQLException {
        StageComparison.Result result = stage.compare(batch);
        for (int row = batch.from(); row < batch.to(); row++) {
            boolean same = !result.missing().contains(row)
                    && !result.different().contains(row)
                    && !result.refused().contains(row);
            if (same) {
                tally.equal();
            } else {
                suspects.add(table.keyFormat().fromCells(batch.cells(row)));
            }
        }
    }
}
