package io.postgresloader.testing;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.demo.server.SourceServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The program's classes as the virtual machine keeps them in memory, by which its runs start in half the time. They are
 * made once for each jar, by a load that uses most of them; the processes that run tests share them.
 */
final class ClassArchive {
    private static final String NAME = "class_archive";

    private static Path file;

    private ClassArchive() {}

    /** The options with which a run uses them. */
    static synchronized List<String> options() {
        if (file == null) {
            file = archive();
        }
        return List.of("-XX:SharedArchiveFile=" + file);
    }

    private static Path archive() {
        try {
            long packaged = Files.getLastModifiedTime(JarRun.JAR).toMillis();
            Path archive = Files.createDirectories(JarRun.DIRECTORY).resolve("classes-" + packaged + ".jsa");
            Path turns = JarRun.DIRECTORY.resolve("archiving.lock");
            try (FileChannel turn = FileChannel.open(turns, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                turn.lock();
                if (Files.notExists(archive)) {
                    make(archive);
                }
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path archive) throws IOException {
        try {
            Path tables = Files.createTempFile(Files.createDirectories(JarRun.DIRECTORY), NAME, ".yml");
            Files.writeString(tables, "t:\n");
            JarRun run = JarRun.ofCommand(
                    databases(tables), JarRun.command(List.of("-XX:ArchiveClassesAtExit=" + archive), "once"));
            if (run.exitCode() != 0 || !Files.exists(archive)) {
                throw new AssertionError("the program's classes cannot be archived: " + run);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> databases(Path tables) throws SQLException {
        SourceServer source = TestServers.source();
        EmbeddedPostgresServer target = TestServers.postgres();
        new Database(source.jdbcUrl(""), SourceServer.WRITER, SourceServer.PASSWORD)
                .execute(
                        "CREATE DATABASE " + NAME,
                        "CREATE TABLE " + NAME + ".t (id int PRIMARY KEY, note text) ENGINE=MyISAM",
                        "INSERT INTO " + NAME + ".t VALUES (1, 'a')");
        target.createDatabase(NAME);
        return Map.of(
                "SOURCE_URL",
                source.jdbcUrl(NAME),
                "SOURCE_USER",
                SourceServer.READER,
                "SOURCE_PASSWORD",
                SourceServer.PASSWORD,
                "TARGET_URL",
                target.jdbcUrl(NAME),
                "TARGET_USER",
                EmbeddedPostgresServer.USER,
                "TABLES_FILE",
                tables.toString());
    }
}
