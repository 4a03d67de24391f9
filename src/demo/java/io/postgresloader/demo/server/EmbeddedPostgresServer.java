package io.postgresloader.demo.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A real PostgreSQL server from a Maven artifact, on loopback. */
public final class EmbeddedPostgresServer implements AutoCloseable {
    /** The superuser; the server trusts loopback. */
    public static final String USER = "postgres";

    private static final Duration HALF_START_LIMIT = Duration.ofSeconds(5);
    private static final Duration HALF_START_PAUSE = Duration.ofMillis(20);

    private final EmbeddedPostgres server;
    private final Path directory;

    private EmbeddedPostgresServer(EmbeddedPostgres server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    /** Whether a server has run on this data before; otherwise its data is created first. */
    public static boolean installed(Path directory) {
        return Files.exists(directory.resolve("PG_VERSION"));
    }

    /**
     * Starts the server and waits until it answers; an orphan of an earlier run on the same data is ended first.
     *
     * @param directory the data directory; existing data is used again
     * @param port the port on 127.0.0.1; 0 for any free one
     * @param settings server settings in addition to the defaults
     */
    public static EmbeddedPostgresServer start(Path directory, int port, Map<String, String> settings) {
        endOrphan(directory.toAbsolutePath().normalize());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.toAbsolutePath().normalize().toFile())
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "128MB");
        settings.forEach(builder::setServerConfig);
        try {
            return new EmbeddedPostgresServer(
                    builder.start(), directory.toAbsolutePath().normalize());
        } catch (IOException | IllegalStateException e) {
            endHalfStarted(directory.toAbsolutePath().normalize());
            throw new UncheckedIOException(
                    "PostgreSQL cannot be started in " + directory + "; run as root it needs the right to use"
                            + " 'unshare -U', otherwise run as an ordinary user",
                    e instanceof IOException io ? io : new IOException(e));
        }
    }

    /** If the JVM ends while the builder starts the server, the builder fails and the server would keep running. */
    private static void endHalfStarted(Path directory) {
        long limit = System.nanoTime() + HALF_START_LIMIT.toNanos();
        while (jvmEnds() && Files.notExists(pidFile(directory)) && System.nanoTime() < limit) {
            LockSupport.parkNanos(HALF_START_PAUSE.toNanos());
        }
        endOrphan(directory);
    }

    private static boolean jvmEnds() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static Path pidFile(Path directory) {
        return directory.resolve("postmaster.pid");
    }

    private static void endOrphan(Path directory) {
        try {
            Orphan.end(pidFile(directory), directory.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an earlier PostgreSQL was ended", e);
        }
    }

    /** Creates the database unless it is there already. */
    public void createDatabase(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), USER, "");
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE \"" + name + "\"");
        }
    }

    /** Creates the database empty; drops an existing one. */
    public void recreateDatabase(String name) throws SQLException {
        dropDatabase(name);
        createDatabase(name);
    }

    /** Drops the database if it exists, and ends the sessions in it. */
    public void dropDatabase(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
        }
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    public int port() {
        return server.getPort();
    }

    /** The process id of the server's first process, which starts all others. */
    public long pid() {
        try {
            return Long.parseLong(Files.readAllLines(pidFile(directory)).get(0).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version, such as {@code 18.4}. */
    public String version() throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), USER, "")) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    /** The shell command that opens a database. */
    public String clientCommand(String database) {
        return "psql -h 127.0.0.1 -p " + server.getPort() + " -U " + USER + " -d " + database;
    }

    /** Shuts the server down. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
