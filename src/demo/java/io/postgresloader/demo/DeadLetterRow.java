package io.postgresloader.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A row that the target could not store, as {@code etl_dead_letter} has it.
 *
 * @param key its columns with their values, such as {@code AptNum 1}
 * @param column the column whose value could not be stored; empty when it is not known
 * @param reason why, without the value
 */
record DeadLetterRow(String table, String key, String column, String reason) {
    private static final String OPEN =
            """
            SELECT table_name,
                (SELECT string_agg(name || ' ' || value, ', ') FROM jsonb_each_text(key) AS k (name, value)),
                coalesce(column_name, ''), message
            FROM %s.etl_dead_letter
            WHERE state = 'open' AND key IS NOT NULL
            ORDER BY table_name, id""";

    /**
     * Reads all open dead letters.
     *
     * @param schema the schema of the tracking tables, quoted
     */
    static List<DeadLetterRow> open(Connection target, String schema) throws SQLException {
        List<DeadLetterRow> rows = new ArrayList<>();
        try (Statement statement = target.createStatement();
                ResultSet row = statement.executeQuery(OPEN.formatted(schema))) {
            while (row.next()) {
                rows.add(new DeadLetterRow(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
            }
        }
        return rows;
    }
}
