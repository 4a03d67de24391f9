package io.postgresloader.testing;

import io.postgresloader.demo.server.EmbeddedMariaDb;
import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.demo.server.SourceServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One real source ({@link SourceProduct}) and one real PostgreSQL for all tests of a JVM; more sources in other time zones
 * on request.
 */
public final class TestServers {
    /** Durability is of no use to servers that are thrown away. */
    private static final List<String> FAST = List.of(
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-buffer-pool-size=64M",
            "--innodb-log-file-size=32M",
            "--skip-innodb-doublewrite",
            "--performance-schema=OFF");

    /** With {@code -Dservers.keep=true} the unpacked servers outlive {@code mvn clean}: the next run need not unpack them. */
    private static final Path PARENT =
            Boolean.getBoolean("servers.keep") ? Path.of("embedded") : Path.of("target", "embedded");

    private static final List<AutoCloseable> STARTED = new ArrayList<>();
    private static final Map<SourceServer, SourceServer.Options> OPTIONS = new HashMap<>();
    private static final List<Path> DIRECTORIES = new ArrayList<>();
    private static SourceServer source;
    private static EmbeddedPostgresServer postgres;

    private TestServers() {}

    /** The source server, of the product under test; its zone is UTC. */
    public static synchronized SourceServer source() {
        if (source == null) {
            source = startSource("UTC0");
        }
        return source;
    }

    public static synchronized EmbeddedPostgresServer postgres() {
        if (postgres == null) {
            postgres = startPostgres(Map.of("max_wal_size", "2GB"));
        }
        return postgres;
    }

    /** Another target server. */
    public static synchronized EmbeddedPostgresServer startPostgres(Map<String, String> settings) {
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(newDirectory("postgres"), 0, settings);
        STARTED.add(server);
        return server;
    }

    /** A hot standby, made from a backup of the files of a running server, that follows it. */
    public static synchronized EmbeddedPostgresServer startStandby(EmbeddedPostgresServer primary) {
        Path directory = newDirectory("standby");
        StandbyFiles.write(primary, directory);
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(directory, 0, Map.of());
        STARTED.add(server);
        return server;
    }

    /**
     * Another source server of the product under test, whose {@code SYSTEM} zone is this one.
     *
     * @param timeZone a POSIX TZ value, e.g. {@code MST7MDT,M3.2.0,M11.1.0}: known without zone files
     */
    public static SourceServer startSource(String timeZone) {
        return startSource(timeZone, List.of());
    }

    /** Such a server with more arguments. */
    public static synchronized SourceServer startSource(String timeZone, List<String> arguments) {
        List<String> all = new ArrayList<>(FAST);
        all.addAll(arguments);
        return start(new SourceServer.Options(newDirectory("source"), 0, Optional.of(timeZone), all));
    }

    /** Stops a source server in good order and starts it again, with its data and on its port. */
    public static synchronized SourceServer restart(SourceServer server) {
        SourceServer.Options before = OPTIONS.remove(server);
        STARTED.remove(server);
        server.close();
        return start(
                new SourceServer.Options(before.directory(), server.port(), before.timeZone(), before.arguments()));
    }

    /** The shell command that opens a database of a source server, of any product, with MariaDB's client. */
    public static String sourceClient(SourceServer server, String database) {
        return EmbeddedMariaDb.clientCommand(PARENT.resolve("client"), server, database);
    }

    private static SourceServer start(SourceServer.Options options) {
        SourceServer server = SourceProduct.underTest().start(options);
        STARTED.add(server);
        OPTIONS.put(server, options);
        return server;
    }

    private static Path newDirectory(String name) {
        try {
            if (DIRECTORIES.isEmpty()) {
                Runtime.getRuntime().addShutdownHook(new Thread(TestServers::stop));
            }
            Path parent = Files.createDirectories(PARENT);
            Path directory = Files.createTempDirectory(parent, name + "-");
            DIRECTORIES.add(directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop() {
        for (AutoCloseable server : STARTED) {
            try {
                server.close();
            } catch (Exception e) {
                System.err.println("a test server did not stop: " + e.getClass().getSimpleName());
            }
        }
        DIRECTORIES.forEach(TestServers::delete);
    }

    /** Each server takes some hundred megabytes. */
    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("data of a test server stays in " + directory);
        }
    }
}
