package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The right to load a table: a PostgreSQL advisory lock on a connection of its own. PostgreSQL releases it when that
 * connection ends, so that a killed process blocks no other load.
 */
public final class LoadLock implements AutoCloseable {
    private static final long POLL_MILLIS = 200;
    private static final int ANSWER_SECONDS = 5;
    private static final String KEY = "hashtextextended(?, 0)";

    // The view etl_table_state knows both.
    private static final String LOADS = "postgres-loader:";
    private static final String ADOPTS = "postgres-loader adopts:";

    private final Connection connection;
    private final String name;

    private LoadLock(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /**
     * Takes the lock if it is free.
     *
     * @return empty when another process, or another load of this one, holds it
     */
    public static Optional<LoadLock> tryTake(Warehouse warehouse, String table) throws SQLException {
        return tryTake(warehouse, LOADS, table);
    }

    /**
     * Shows that a table is being adopted while no load of it runs. Loads do not wait for this lock.
     *
     * @return empty when another process adopts the table as well
     */
    public static Optional<LoadLock> ofAdoption(Warehouse warehouse, String table) throws SQLException {
        return tryTake(warehouse, ADOPTS, table);
    }

    private static Optional<LoadLock> tryTake(Warehouse warehouse, String prefix, String table) throws SQLException {
        String name = prefix + warehouse.schema() + "." + table;
        Connection connection = warehouse.connection();
        boolean taken = false;
        try {
            taken = call(connection, "SELECT pg_try_advisory_lock(" + KEY + ")", name);
            return taken ? Optional.of(new LoadLock(connection, name)) : Optional.empty();
        } finally {
            if (!taken) {
                connection.close();
            }
        }
    }

    /**
     * Takes the lock, however long that takes.
     *
     * @param waiting runs once if another load holds the lock
     */
    public static LoadLock take(Warehouse warehouse, String table, Runnable waiting)
            throws SQLException, InterruptedException {
        Optional<LoadLock> lock = tryTake(warehouse, table);
        if (lock.isEmpty()) {
            waiting.run();
        }
        while (lock.isEmpty()) {
            Thread.sleep(POLL_MILLIS);
            lock = tryTake(warehouse, table);
        }
        return lock.get();
    }

    /** Whether the connection that holds the lock still answers. */
    public boolean held() throws SQLException {
        return connection.isValid(ANSWER_SECONDS);
    }

    /** Releases the lock. If that fails, the connection is broken, and PostgreSQL releases the lock with it. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            call(connection, "SELECT pg_advisory_unlock(" + KEY + ")", name);
        }
    }

    private static boolean call(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
