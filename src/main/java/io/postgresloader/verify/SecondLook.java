package io.postgresloader.verify;

import io.postgresloader.database.Warehouse;
import io.postgresloader.load.PreparedTable;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.Page;
import io.postgresloader.source.SourceRows;
import io.postgresloader.target.StageComparison;
import io.postgresloader.target.TargetTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads rows that looked different from both sides again, by key: a row that changed meanwhile is as it should be by now,
 * and what both servers only print differently is equal after all.
 */
final class SecondLook {
    private final PreparedTable table;
    private final TargetTable targetTable;
    private final SourceRows source;
    private final Warehouse warehouse;
    private final Tally tally;

    SecondLook(PreparedTable table, TargetTable targetTable, SourceRows source, Warehouse warehouse, Tally tally) {
        this.table = table;
        this.targetTable = targetTable;
        this.source = source;
        this.warehouse = warehouse;
        this.tally = tally;
    }

    /** @param keys in text form; at least one, and not more than one statement can carry */
    void at(List<List<String>> keys) throws SQLException {
        Page page = table.rowsWith(keys, source);
        Set<List<String>> inSource = new HashSet<>();
        try (StageComparison stage = new StageComparison(warehouse.connection(), targetTable)) {
            StageComparison.Result result = stage.compare(page.rows());
            for (int row = 0; row < page.rows().rows(); row++) {
                List<String> key = table.keyFormat().fromCells(page.rows().cells(row));
                inSource.add(key);
                tell(result, row, key);
            }
            List<List<String>> rejected = rejected(page);
            inSource.addAll(rejected);
            List<List<String>> gone = new ArrayList<>(keys);
            gone.removeAll(inSource);
            tellPresent(stage, rejected, Difference.Kind.DIFFERENT);
            tellPresent(stage, gone, Difference.Kind.EXTRA);
        }
    }

    private void tell(StageComparison.Result result, int row, List<String> key) {
        if (result.missing().contains(row)) {
            tally.differs(Difference.Kind.MISSING, key);
        } else if (result.different().contains(row) || result.refused().contains(row)) {
            tally.differs(Difference.Kind.DIFFERENT, key);
        } else {
            tally.equal();
        }
    }

    /** The keys of rows that cannot even be encoded. */
    private List<List<String>> rejected(Page page) {
        return page.rejected().stream()
                .map(DeadLetter::key)
                .map(Map::values)
                .map(values -> (List<String>) new ArrayList<>(values))
                .toList();
    }

    /** Those that the target has are of this kind; the others are missing, or gone from both sides. */
    private void tellPresent(StageComparison stage, List<List<String>> keys, Difference.Kind kind) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        Set<List<String>> present = new HashSet<>();
        List<List<String>> asked =
                keys.stream().map(table.keyFormat()::toTarget).toList();
        stage.present(asked).forEach(printed -> present.add(table.keyFormat().fromTarget(printed)));
        for (List<String> key : keys) {
            if (present.contains(key)) {
                tally.differs(kind, key);
            } else if (kind != Difference.Kind.EXTRA) {
                tally.differs(Difference.Kind.MISSING, key);
            }
        }
    }
}
