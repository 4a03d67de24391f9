package io.postgresloader.verify;

import io.postgresloader.database.Warehouse;
import io.postgresloader.load.run.WholeTable;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Page;
import io.postgresloader.source.SourceRows;
import io.postgresloader.target.Replacement;
import io.postgresloader.target.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Compares a table without a key as a whole. An edited row counts twice: its state in the source is missing, its state in
 * the target is extra.
 */
final class KeylessComparison {
    private final PreparedTable table;
    private final ComparisonCounts counts;

    KeylessComparison(PreparedTable table, ComparisonCounts counts) {
        this.table = table;
        this.counts = counts;
    }

    void run(SourceRows source, Warehouse warehouse, TargetTable targetTable) throws SQLException {
        Page page = source.read(table.wholeTable());
        WholeTable.require(table.name(), page);
        try (Connection connection = warehouse.connection()) {
            connection.setAutoCommit(false);
            try {
                Replacement.Compared compared = new Replacement(connection, targetTable).compare(page.rows());
                counts.add(compared.equal(), compared.missing(), compared.extra());
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }
}
