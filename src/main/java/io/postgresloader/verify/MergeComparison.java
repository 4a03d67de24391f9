package io.postgresloader.verify;

import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.RowKey;
import io.postgresloader.target.TargetScan;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Compares a table whose key consists of integers, which both servers sort alike: a merge join that reads each side once
 * and compares rows byte for byte. Rows that differ are rechecked, since the servers may only print a value differently.
 */
final class MergeComparison {
    private final PreparedTable table;
    private final ComparisonCounts counts;
    private final RecheckQueue rechecks;
    private final CellEquality cells;

    MergeComparison(PreparedTable table, ComparisonCounts counts, RecheckQueue rechecks) {
        this.table = table;
        this.counts = counts;
        this.rechecks = rechecks;
        this.cells = new CellEquality(table.rowFormat());
    }

    void run(SourceScan source, TargetScan target, Runnable pageDone) throws SQLException {
        for (Optional<Page> page = source.next(); page.isPresent(); page = source.next()) {
            rechecks.addUnreadable(page.get().deadLetters());
            compare(page.get(), target);
            pageDone.run();
        }
        while (target.row() != null) {
            rechecks.add(key(target.row()));
            target.advance();
        }
        rechecks.flush();
    }

    private void compare(Page page, TargetScan target) throws SQLException {
        RowBatch rows = page.rows();
        int[] order = rows.inOrder() ? null : rows.orderByKey();
        for (int place = 0; place < rows.rows(); place++) {
            int row = order == null ? place : order[place];
            if (target.row() != null && rows.equal(row, target.row())) {
                counts.equal();
                target.advance();
            } else {
                compareKeys(rows, row, target);
            }
        }
    }

    private void compareKeys(RowBatch rows, int row, TargetScan target) throws SQLException {
        List<String> cells = rows.cells(row);
        RowKey key = table.keyFormat().fromCells(cells);
        while (target.row() != null && table.keyFormat().order(key(target.row()), key) < 0) {
            rechecks.add(key(target.row()));
            target.advance();
        }
        boolean sameKey = target.row() != null && table.keyFormat().order(key(target.row()), key) == 0;
        if (sameKey && this.cells.equal(cells, cells(target.row()))) {
            counts.equal();
        } else {
            rechecks.add(key);
        }
        if (sameKey) {
            target.advance();
        }
    }

    private RowKey key(byte[] line) {
        return table.keyFormat().fromCells(cells(line));
    }

    private static List<String> cells(byte[] line) {
        return List.of(new String(line, 0, line.length - 1, StandardCharsets.UTF_8).split("\t", -1));
    }
}
