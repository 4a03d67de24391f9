package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The right to load a table: a PostgreSQL advisory lock on a connection of its own. PostgreSQL releases it when that
 * connection ends, so that a killed process blocks no other load. The holder gives signs on that connection, so that
 * others see a process that was stopped and not killed.
 */
public final class LoadLock implements AutoCloseable {
    private static final long POLL_MILLIS = 200;
    private static final int ANSWER_SECONDS = 5;
    private static final String KEY = "hashtextextended(?, 0)";

    private static final long LOOK_MILLIS = 5_000;

    // The view etl_table_state knows both.
    static final String LOADS = "postgres-loader:";
    static final String ADOPTS = "postgres-loader adopts:";

    private static final ScheduledExecutorService SIGNS = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lock-signs");
        thread.setDaemon(true);
        return thread;
    });

    /** The locks that are held, by any process and for any purpose, as SQL: an array of their numbers. */
    private static final String HELD =
            """
            ARRAY(SELECT l.classid::bigint << 32 | l.objid::bigint FROM pg_catalog.pg_locks l
              WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.database =
                (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()))""";

    private final Connection connection;
    private final String name;
    private final Future<?> signs;

    private LoadLock(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
        long period = LockHolder.PERIOD.toMillis();
        this.signs = SIGNS.scheduleWithFixedDelay(this::sign, period, period, TimeUnit.MILLISECONDS);
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

    /**
     * A condition: no load of a table holds its lock.
     *
     * @param table the column with the table's name
     */
    static String isFree(String table) {
        return "pg_catalog.hashtextextended(:locks || " + table + ", 0) <> ALL (" + HELD + ")";
    }

    /** The parameter {@code locks} of {@link #isFree}. */
    static String namesIn(Warehouse warehouse) {
        return LOADS + warehouse.schema() + ".";
    }

    private static Optional<LoadLock> tryTake(Warehouse warehouse, String prefix, String table) throws SQLException {
        String name = prefix + warehouse.schema() + "." + table;
        Connection connection = warehouse.connection();
        boolean taken = false;
        try {
            taken = call(connection, "SELECT pg_try_advisory_lock(" + KEY + ")" + LockHolder.sign(), name);
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
     * @param silent receives each holder that gives no sign any more, once
     */
    public static LoadLock take(Warehouse warehouse, String table, Runnable waiting, Consumer<LockHolder> silent)
            throws SQLException, InterruptedException {
        Optional<LoadLock> lock = tryTake(warehouse, table);
        if (lock.isEmpty()) {
            waiting.run();
        }
        Optional<LockHolder> seen = Optional.empty();
        for (long waited = 0; lock.isEmpty(); waited += POLL_MILLIS) {
            if (waited % LOOK_MILLIS == 0) {
                Optional<LockHolder> holder = LockHolder.silent(warehouse, table);
                if (!holder.equals(seen)) {
                    holder.ifPresent(silent);
                }
                seen = holder;
            }
            Thread.sleep(POLL_MILLIS);
            lock = tryTake(warehouse, table);
        }
        return lock.get();
    }

    /** An exception would end the timer. If the connection is broken, the load finds out by itself. */
    private synchronized void sign() {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1" + LockHolder.sign())) {
            statement.execute();
        } catch (SQLException broken) {
            signs.cancel(false);
        }
    }

    /** Whether the connection that holds the lock still answers. */
    public synchronized boolean held() throws SQLException {
        boolean valid = connection.isValid(ANSWER_SECONDS);
        if (valid) {
            // The statement of the check has taken the place of the last sign.
            sign();
        }
        return valid;
    }

    /** Releases the lock. If that fails, the connection is broken, and PostgreSQL releases the lock with it. */
    @Override
    public synchronized void close() throws SQLException {
        signs.cancel(false);
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
