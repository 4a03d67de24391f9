package io.postgresloader.demo.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Makes what the floor and other programs start from: empty tables with their keys, and the rows as ready files. */
final class Model {
    private Model() {}

    /** Loads the tables once with the loader, writes their rows into files and empties them. */
    static void make(Bench bench, LoaderProgram loader, Job job) throws Exception {
        try (WholeProcess filled = WholeProcess.ofModel(bench, loader, job)) {
            filled.prepare();
            filled.load();
        }
        for (String table : job.tables()) {
            bench.execute(job.model(), "ALTER TABLE raw.\"" + table + "\" DROP COLUMN IF EXISTS _loaded_at");
        }
        try (Connection connection = bench.connect(job.model())) {
            for (String table : job.tables()) {
                write(connection, job, table);
            }
        }
        for (String table : job.tables()) {
            makeAgain(bench, job, "raw.\"" + table + "\"");
        }
        clear(bench, job);
    }

    /** As a table that never had the column of the row stamp: a dropped column makes each row longer. */
    private static void makeAgain(Bench bench, Job job, String table) throws SQLException {
        bench.execute(
                job.model(),
                "CREATE TABLE raw.made_again (LIKE " + table + " INCLUDING ALL)",
                "DROP TABLE " + table,
                "ALTER TABLE raw.made_again RENAME TO " + table.substring("raw.".length()));
    }

    /** Empties the tables. */
    static void clear(Bench bench, Job job) throws SQLException {
        for (String table : job.tables()) {
            bench.execute(job.model(), "TRUNCATE raw.\"" + table + "\"");
        }
        bench.settle(job.model());
    }

    private static void write(Connection connection, Job job, String table) throws SQLException, IOException {
        try (OutputStream rows = Files.newOutputStream(job.file(table))) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY raw.\"" + table + "\" TO STDOUT", rows);
        }
    }

    /** Deletes the database and the files. */
    static void drop(Bench bench, Job job) throws SQLException, IOException {
        bench.target().dropDatabase(job.model());
        for (String table : job.tables()) {
            Files.deleteIfExists(job.file(table));
        }
    }
}
