package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** A program that copies ready files into tables by the driver's COPY, for machines without {@code psql}. */
public final class CopyFiles {
    private static final int BUFFER = 1 << 16;

    private CopyFiles() {}

    /** @param arguments the URL of the database; then, for each table, its name and the file of its rows */
    public static void main(String[] arguments) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(arguments[0], EmbeddedPostgresServer.USER, "")) {
            for (int table = 1; table < arguments.length; table += 2) {
                try (InputStream rows = Files.newInputStream(Path.of(arguments[table + 1]))) {
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("COPY raw.\"" + arguments[table] + "\" FROM STDIN", rows, BUFFER);
                }
            }
        }
    }
}
