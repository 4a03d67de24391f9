package io.postgresloader.testing;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The files of a standby, copied while its primary runs. */
final class StandbyFiles {
    private final Path from;
    private final Path to;

    private StandbyFiles(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /** @param directory exists and is empty */
    static void write(EmbeddedPostgresServer primary, Path directory) {
        // The session that starts a backup must end it.
        try (Connection connection =
                        DriverManager.getConnection(primary.jdbcUrl("postgres"), EmbeddedPostgresServer.USER, "");
                Statement statement = connection.createStatement()) {
            Path from = Path.of(value(statement, "SHOW data_directory"));
            statement.execute("SELECT pg_backup_start('standby', true)");
            new StandbyFiles(from, directory).copy();
            Files.writeString(
                    directory.resolve("backup_label"), value(statement, "SELECT labelfile FROM pg_backup_stop(false)"));
            Files.createFile(directory.resolve("standby.signal"));
            Files.writeString(
                    directory.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=127.0.0.1 port=" + primary.port() + " user=" + EmbeddedPostgresServer.USER
                            + "'\n",
                    StandardOpenOption.APPEND);
        } catch (SQLException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String value(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** The log and the process number are the primary's own; the standby asks it for the log. */
    private boolean isCopied(Path file) {
        Path name = from.relativize(file);
        return !name.startsWith("pg_wal") && !name.toString().startsWith("postmaster.");
    }

    private void copy() throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path copy = to.resolve(from.relativize(directory));
                Files.createDirectories(copy);
                Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(directory));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    if (isCopied(file)) {
                        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                    }
                } catch (NoSuchFileException deletedMeanwhile) {
                    // The log of the backup knows.
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
