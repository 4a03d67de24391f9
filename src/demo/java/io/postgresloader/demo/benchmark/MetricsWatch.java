package io.postgresloader.demo.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Looks for new rows of {@code etl_table_metrics}, over one connection and with one prepared statement. */
final class MetricsWatch implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement statement;
    private long failed;

    /**
     * @param before the number of the newest row that does not count
     * @param rows the condition on those rows that count
     */
    MetricsWatch(Connection connection, long before, String rows) throws SQLException {
        this.connection = connection;
        statement = connection.prepareStatement(
                "SELECT count(DISTINCT table_name), count(*) FILTER (WHERE NOT success) FROM raw.etl_table_metrics"
                        + " WHERE id > ? AND (load_type IS NULL OR " + rows + ")");
        statement.setLong(1, before);
    }

    /** How many tables have a new row. */
    long tables() throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            failed = rows.getLong(2);
            return rows.getLong(1);
        }
    }

    /** How many of the new rows are of loads that failed. */
    long failed() {
        return failed;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
