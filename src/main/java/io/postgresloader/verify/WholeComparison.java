package io.postgresloader.verify;

import io.postgresloader.load.run.WholeTable;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Page;
import io.postgresloader.source.SourceRows;
import io.postgresloader.target.Replacement;
import io.postgresloader.target.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Tables without a key: both sides are compared as a whole, and of a row that was edited one side's state is missing and
 * the other's is extra.
 */
final class WholeComparison {
    private final PreparedTable table;
    private final Tally tally;

    WholeComparison(PreparedTable table, Tally tally) {
        this.table = table;
        this.tally = tally;
    }

    void run(SourceRows source, DataSource target, TargetTable targetTable) throws SQLException {
        Page page = source.read(table.wholeTable());
        WholeTable.require(table.name(), page);
        try (Connection connection = target.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Replacement.Compared compared = new Replacement(connection, targetTable).compare(page.rows());
                tally.count(compared.equal(), compared.missing(), compared.extra());
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }
}
