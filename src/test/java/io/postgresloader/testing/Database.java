package io.postgresloader.testing;

import io.postgresloader.demo.server.Numbers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A database as the test itself sees it, through the driver and none of the product's code. The tables of numbers that
 * MariaDB has ({@code seq_1_to_30}) can be used whatever the product.
 *
 * @param url JDBC URL
 */
public record Database(String url, String user, String password) {
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            // A name may look like an escape of JDBC.
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(Numbers.writtenOut(sql));
            }
        } catch (SQLException e) {
            throw new AssertionError("cannot execute", e);
        }
    }

    /** Begins a transaction with this statement; the caller ends it and closes its connection. */
    public Connection begin(String sql) throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(Numbers.writtenOut(sql));
        }
        return connection;
    }

    /** Each row as its columns' text, joined by {@code |}; NULL as {@code ∅}. */
    public List<String> rows(String sql) {
        try (Connection connection = connect()) {
            return rows(connection, sql);
        } catch (SQLException e) {
            throw new AssertionError("cannot query", e);
        }
    }

    /** The rows as text, on a connection that is kept: to connect takes longer than to query. */
    public static List<String> rows(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            return rows(statement.executeQuery(Numbers.writtenOut(sql)));
        } catch (SQLException e) {
            throw new AssertionError("cannot query", e);
        }
    }

    private static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                String cell = result.getString(i);
                cells.add(cell == null ? "∅" : cell);
            }
            rows.add(String.join("|", cells));
        }
        return rows;
    }

    /** The one value of a query that returns one row of one column. */
    public String value(String sql) {
        List<String> rows = rows(sql);
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " rows instead of one: " + sql);
        }
        return rows.get(0);
    }

    public long count(String sql) {
        return Long.parseLong(value(sql));
    }
}
