package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The right to load a table: a PostgreSQL advisory lock on a connection of its own. It is free again as soon as that
 * connection is gone, so that a killed process blocks nobody.
 */
public final class LoadLock implements AutoCloseable {
    private static final long POLL_MILLIS = 200;
    private static final String KEY = "hashtextextended('postgres-loader:' || ?, 0)";

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
        String name = warehouse.schema() + "." + table;
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
     * @param waiting is run once if somebody else holds it
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

    /** Gives the lock back; if that fails the connection is broken, and the lock with it is gone. */
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
