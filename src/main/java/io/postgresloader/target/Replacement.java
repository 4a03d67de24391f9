package io.postgresloader.target;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.RowBatch;
import io.postgresloader.sql.CompareSql;
import io.postgresloader.sql.ReplaceSql;
import io.postgresloader.sql.StageSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Makes a table without a key equal to all rows of its source, or compares it with them. No key names a row, so that
 * one row
 * which the target cannot store fails the whole load.
 */
public final class Replacement {
    private final Connection connection;
    private final ReplaceSql sql;
    private final StageSql stageSql;
    private final TargetTable target;
    private final String table;

    /** @param connection one with a running transaction */
    public Replacement(Connection connection, TargetTable table) {
        this.connection = connection;
        this.sql = new ReplaceSql(table.sql());
        this.stageSql = new StageSql(table.sql());
        this.target = table;
        this.table = table.name();
    }

    /**
     * What was written.
     *
     * @param inserted rows that the table did not have
     * @param deleted rows that the source does not have
     */
    public record Written(long inserted, long deleted) {}

    /**
     * How the rows of both sides compare.
     *
     * @param equal rows that both have
     * @param missing rows that only the source has
     * @param extra rows that only the table has
     */
    public record Compared(long equal, long missing, long extra) {}

    /**
     * @throws LoadFailedException of kind ROW_DATA when a row cannot be stored, of kind SCHEMA when the table does not
     *     have as many rows afterwards
     * @throws SQLException when anything else fails; the transaction must be rolled back in either case
     */
    public Written write(RowBatch rows) throws SQLException {
        stage(rows);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql.replace())) {
            result.next();
            Written written = new Written(result.getLong(1), result.getLong(2));
            statement.execute(stageSql.drop());
            RowTriggers.requireAllWritten(connection, target, rows.rows(), count(statement));
            return written;
        }
    }

    private long count(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery(new CompareSql(sql.table()).count())) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Changes nothing but the stage, and throws as {@link #write} does. */
    public Compared compare(RowBatch rows) throws SQLException {
        stage(rows);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql.compare())) {
            result.next();
            return new Compared(result.getLong(1), result.getLong(2), result.getLong(3));
        }
    }

    private void stage(RowBatch rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(stageSql.create());
        }
        List<String> columns = sql.table().columns();
        try {
            new CopyWriter(connection, stageSql.copyInto(), StageSql.NAME, columns).copyAll(rows);
        } catch (SQLException e) {
            throw rowError(RowError.of(e, StageSql.NAME, columns));
        }
    }

    private LoadFailedException rowError(RowError error) {
        return new LoadFailedException(new Failure(
                FailureKind.ROW_DATA,
                error.failure().sqlState(),
                "table " + table + " has no key, so that a row that cannot be loaded stops it"
                        + error.column().map(column -> ": column " + column).orElse("") + ": "
                        + error.failure().message()));
    }
}
