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
import java.util.concurrent.TimeUnit;

/** The process of a source server: how it starts, and how it ends. Its directory holds its data, its log and its id. */
final class ServerProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private Process process;

    private ServerProcess(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Where a server of these options keeps what is its own. */
    static Path directory(SourceServer.Options options) {
        return options.directory().toAbsolutePath().normalize();
    }

    /** Where it keeps its data. */
    static Path data(SourceServer.Options options) {
        return directory(options).resolve("data");
    }

    /**
     * Starts a server and waits until it answers; an orphan of an earlier run on the same data is ended first.
     *
     * @param program the program with the arguments that say where it was unpacked
     * @param libraries the directory of the libraries that come with it
     * @param users statements that create the users, one on each line
     */
    static ServerProcess start(SourceServer.Options options, List<String> program, Path libraries, List<String> users)
            throws IOException {
        ServerProcess server = new ServerProcess(directory(options), options.port() == 0 ? freePort() : options.port());
        try {
            Orphan.end(server.pidFile(), data(options).toString());
            server.launch(options, program, libraries, users);
            server.awaitAnswer();
            return server;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.close();
            throw new IllegalStateException("interrupted while a server started", e);
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    void close() {
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

    private void launch(SourceServer.Options options, List<String> program, Path libraries, List<String> users)
            throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                "--datadir=" + data(options),
                "--tmpdir=" + Files.createDirectories(directory.resolve("tmp")),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                // Relative to the data directory: a socket's whole path must be shorter than 108 bytes.
                "--socket=server.sock",
                "--init-file=" + Files.write(directory.resolve("init.sql"), users),
                // Certificates take seconds to make, and nothing leaves the machine. One server has no TLS at all.
                "--loose-skip-ssl",
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                "--max-allowed-packet=64M"));
        command.addAll(options.arguments());
        ProcessBuilder builder = new ProcessBuilder(asThisUser(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile());
        builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
        builder.environment().put("TZ", options.timeZone().orElse("UTC0"));
        process = builder.start();
        Files.writeString(pidFile(), String.valueOf(process.pid()));
    }

    /** A server started by root wants to hear that root is meant. */
    static List<String> asThisUser(List<String> command) {
        List<String> all = new ArrayList<>(command);
        if ("root".equals(System.getProperty("user.name"))) {
            all.add("--user=root");
        }
        return all;
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(limit)) {
                close();
                throw new IOException(
                        "the server does not answer on port " + port + "; see " + directory.resolve("server.log"));
            }
            Thread.sleep(50);
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(
                SourceServer.jdbcUrl(port, ""), SourceServer.WRITER, SourceServer.PASSWORD)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
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
