package io.postgresloader.testing;

import io.postgresloader.demo.server.EmbeddedMariaDb;
import io.postgresloader.demo.server.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The program's classes as the virtual machine keeps them in memory, by which its runs start in half the time. Each
 * process that runs tests makes them once, by a load that uses most of them.
 */
final class ClassArchive {
    private static final String NAME = "class_archive";

    private static final Path FILE =
            JarRun.DIRECTORY.resolve("classes-" + ProcessHandle.current().pid() + ".jsa");

    private static boolean asked;

    private ClassArchive() {}

    /** What a run is to be told so that it uses them. */
    static synchronized List<String> options() {
        if (!asked) {
            asked = true;
            make();
        }
        return List.of("-XX:SharedArchiveFile=" + FILE);
    }

    private static void make() {
        try {
            Path tables = Files.createTempFile(Files.createDirectories(JarRun.DIRECTORY), NAME, ".yml");
            Files.writeString(tables, "t:\n");
            JarRun run = JarRun.ofCommand(
                    databases(tables), JarRun.command(List.of("-XX:ArchiveClassesAtExit=" + FILE), "once"));
            if (run.exitCode() != 0 || !Files.exists(FILE)) {
                throw new AssertionError("the program's classes cannot be archived: " + run);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> databases(Path tables) throws SQLException {
        EmbeddedMariaDb source = TestServers.mariaDb();
        EmbeddedPostgresServer target = TestServers.postgres();
        new Database(source.jdbcUrl(""), EmbeddedMariaDb.WRITER, EmbeddedMariaDb.PASSWORD)
                .execute(
                        "CREATE DATABASE " + NAME,
                        "CREATE TABLE " + NAME + ".t (id int PRIMARY KEY, note text) ENGINE=MyISAM",
                        "INSERT INTO " + NAME + ".t VALUES (1, 'a')");
        target.createDatabase(NAME);
        return Map.of(
                "SOURCE_URL",
                source.jdbcUrl(NAME),
                "SOURCE_USER",
                EmbeddedMariaDb.READER,
                "SOURCE_PASSWORD",
                EmbeddedMariaDb.PASSWORD,
                "TARGET_URL",
                target.jdbcUrl(NAME),
                "TARGET_USER",
                EmbeddedPostgresServer.USER,
                "TABLES_FILE",
                tables.toString());
    }
}
