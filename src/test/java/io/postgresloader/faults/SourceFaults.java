package io.postgresloader.faults;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** What can happen to the source's server. */
final class SourceFaults {
    private static final String LOADER = "'" + SourceServer.READER + "'@'127.0.0.1'";

    private SourceFaults() {}

    static void killConnections(Arena arena, Random random) throws SQLException {
        try (Connection connection = arena.source().connect();
                Statement statement = connection.createStatement()) {
            String own = "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND user = '"
                    + SourceServer.READER + "'";
            for (String id : Database.rows(connection, own)) {
                try {
                    statement.execute("KILL " + id);
                } catch (SQLException ended) {
                    // It ended by itself.
                }
            }
        }
    }

    static void restart(Arena arena, Random random) {
        FaultServers.restartSource();
        Pause.millis(1500);
    }

    /** Another program has taken the only connection that the loader's user may have. */
    static void tooManyConnections(Arena arena, Random random) throws SQLException {
        arena.source().execute("ALTER USER " + LOADER + " WITH MAX_USER_CONNECTIONS 1");
        killConnections(arena, random);
        Database other = new Database(arena.source().url(), SourceServer.READER, SourceServer.PASSWORD);
        try (Connection taken = other.connect()) {
            Pause.millis(1200);
            taken.isValid(1);
        } finally {
            arena.source().execute("ALTER USER " + LOADER + " WITH MAX_USER_CONNECTIONS 0");
        }
    }

    static void lock(Arena arena, Random random) throws SQLException {
        try (Connection connection = arena.source().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLES edited WRITE, legacy WRITE");
            Pause.millis(1500);
            statement.execute("UNLOCK TABLES");
        }
    }

    static void addColumn(Arena arena, Random random) throws SQLException {
        StormTable table = StormTable.values()[random.nextInt(StormTable.values().length)];
        try (Connection connection = arena.source().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET lock_wait_timeout = 5");
            statement.execute("ALTER TABLE " + table.table() + " ADD COLUMN Added" + random.nextInt(1_000_000)
                    + " int NOT NULL DEFAULT 7");
        }
        Pause.millis(1000);
    }

    static void editWideRows(Arena arena, Random random) {
        arena.source()
                .execute("UPDATE wide SET Note = REPEAT('" + (char) ('a' + random.nextInt(26))
                        + "', 300000) WHERE Id % 5 = " + random.nextInt(5));
        Pause.millis(1000);
    }
}
