package io.postgresloader.target;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a merge did.
 *
 * @param inserted rows that the target did not have
 * @param updated rows that differed
 */
record MergeCounts(long inserted, long updated) {

    /**
     * Runs the merge.
     *
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA when PostgreSQL wrote another number of rows
     */
    static MergeCounts of(Connection connection, TargetTable table, PreparedStatement merge) throws SQLException {
        try (ResultSet result = merge.executeQuery()) {
            result.next();
            MergeCounts counts = new MergeCounts(result.getLong(1), result.getLong(2));
            RowTriggers.requireAllWritten(connection, table, counts.inserted + counts.updated, result.getLong(3));
            return counts;
        }
    }
}
