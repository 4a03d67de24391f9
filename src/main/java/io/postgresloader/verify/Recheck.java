package io.postgresloader.verify;

import io.postgresloader.database.Warehouse;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowKey;
import io.postgresloader.source.SourceRows;
import io.postgresloader.target.StageComparison;
import io.postgresloader.target.TargetTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads rows that seem to differ again from both sides, by key. A row that changed during the comparison may be equal now,
 * and a value that the two servers only print differently is equal as PostgreSQL stores it.
 */
final class Recheck {
    private final PreparedTable table;
    private final TargetTable targetTable;
    private final SourceRows source;
    private final Warehouse warehouse;
    private final ComparisonCounts counts;

    Recheck(
            PreparedTable table,
            TargetTable targetTable,
            SourceRows source,
            Warehouse warehouse,
            ComparisonCounts counts) {
        this.table = table;
        this.targetTable = targetTable;
        this.source = source;
        this.warehouse = warehouse;
        this.counts = counts;
    }

    /** @param keys at least one, and no more than fit into one statement */
    void run(List<RowKey> keys) throws SQLException {
        Page page = source.read(table.rowsWith(keys));
        Set<RowKey> inSource = new HashSet<>();
        try (StageComparison stage = new StageComparison(warehouse.connection(), targetTable)) {
            StageComparison.Result result = stage.compare(page.rows());
            for (int row = 0; row < page.rows().rows(); row++) {
                RowKey key = table.keyFormat().fromCells(page.rows().cells(row));
                inSource.add(key);
                count(result, row, key);
            }
            List<RowKey> unreadable =
                    page.deadLetters().stream().map(DeadLetter::key).toList();
            inSource.addAll(unreadable);
            List<RowKey> onlyInTarget = new ArrayList<>(keys);
            onlyInTarget.removeAll(inSource);
            countPresent(stage, unreadable, Difference.Kind.DIFFERENT);
            countPresent(stage, onlyInTarget, Difference.Kind.EXTRA);
        }
    }

    private void count(StageComparison.Result result, int row, RowKey key) {
        if (result.missing().contains(row)) {
            counts.differs(Difference.Kind.MISSING, key);
        } else if (result.different().contains(row) || result.unstorable().contains(row)) {
            counts.differs(Difference.Kind.DIFFERENT, key);
        } else {
            counts.equal();
        }
    }

    /**
     * Keys that the target has count as {@code kind}. Of the others, keys that the source has count as missing; a row that
     * neither side has any more does not count.
     */
    private void countPresent(StageComparison stage, List<RowKey> keys, Difference.Kind kind) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        Set<RowKey> present = new HashSet<>();
        List<List<String>> asked =
                keys.stream().map(table.keyFormat()::toTarget).toList();
        stage.present(asked).forEach(printed -> present.add(table.keyFormat().fromTarget(printed)));
        for (RowKey key : keys) {
            if (present.contains(key)) {
                counts.differs(kind, key);
            } else if (kind != Difference.Kind.EXTRA) {
                counts.differs(Difference.Kind.MISSING, key);
            }
        }
    }
}
