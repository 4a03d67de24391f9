package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.measure.Meter;
import io.postgresloader.demo.benchmark.report.Figure;
import io.postgresloader.demo.benchmark.report.Results;
import io.postgresloader.demo.server.EmbeddedMariaDb;
import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.demo.server.SourceServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all works of a run share: the servers, the files, and the figures so far. */
final class Bench implements AutoCloseable {
    static final Path DIRECTORY = Path.of("target", "benchmark").toAbsolutePath();

    private final PrintWriter out;
    private final Results results = new Results();
    private final SourceServer source;
    private final EmbeddedPostgresServer target;

    /** Starts the servers. */
    Bench(PrintWriter out, SourceKind kind) throws IOException {
        this.out = out;
        Files.createDirectories(DIRECTORY);
        say("Starting " + kind.word() + " and PostgreSQL in " + DIRECTORY);
        source = kind.start(new SourceServer.Options(
                DIRECTORY.resolve(kind.directory()),
                0,
                Optional.empty(),
                List.of(
                        "--key-buffer-size=256M",
                        "--innodb-buffer-pool-size=1G",
                        // The tables are made sooner; the loader only reads.
                        "--innodb-log-file-size=512M",
                        "--innodb-flush-log-at-trx-commit=2")));
        target = EmbeddedPostgresServer.start(
                DIRECTORY.resolve("postgres"),
                0,
                // The benchmark vacuums between the figures; the server must not do it in the middle of one.
                Map.of("fsync", "on", "synchronous_commit", "on", "max_wal_size", "4GB", "autovacuum", "off"));
    }

    SourceServer source() {
        return source;
    }

    EmbeddedPostgresServer target() {
        return target;
    }

    Results results() {
        return results;
    }

    /** The shell command of MariaDB's client. */
    String sourceClient(String database) {
        return EmbeddedMariaDb.clientCommand(DIRECTORY.resolve("client"), source, database);
    }

    /** Where a file of this name is kept. */
    Path file(String name) {
        return DIRECTORY.resolve(name);
    }

    /** The source's product and version. */
    String sourceVersion() throws SQLException {
        try (Connection connection = source.connect("");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version()")) {
            rows.next();
            String version = rows.getString(1);
            return version.contains("MariaDB") ? version : "MySQL " + version;
        }
    }

    /** The file for all that measured programs print. */
    Path log() {
        return file("programs.log");
    }

    /** Measures programs that are started for the work. */
    Cost ofChildren(String database, Meter.ChildWork work) throws Exception {
        try (ServerCounters counters = ServerCounters.of(this, database)) {
            return new Meter(source.pid(), target.pid(), counters::read).ofChildren(work);
        }
    }

    /** Measures short work of a process that runs already. */
    Cost ofRunning(long pid, Meter.Work work) throws Exception {
        // The sessions of a running loader report what they did to a target's database only seconds later.
        try (ServerCounters counters = ServerCounters.ofServers(this)) {
            return new Meter(source.pid(), target.pid(), counters::read).ofRunning(pid, work);
        }
    }

    /** Measures steady work of a process that runs already, such as several equal cycles. */
    Cost ofSteady(long pid, String database, Meter.Work work) throws Exception {
        try (ServerCounters counters = ServerCounters.of(this, database)) {
            return new Meter(source.pid(), target.pid(), counters::read).ofRunning(pid, work);
        }
    }

    /** Keeps a figure of one round, and shows it in a line. */
    void report(Figure.Name name, long rows, Cost cost, Cost floor) {
        results.add(name, rows, cost, floor);
        say("  " + Line.of(name, cost, floor));
    }

    /** Makes what comes next independent of what came before: all is written to disk. */
    void settle(String database) throws SQLException {
        execute(database, "CHECKPOINT");
    }

    void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    void executeAtSource(String database, String... statements) throws SQLException {
        try (Connection connection = source.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = '', time_zone = '+00:00'");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row. */
    long number(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(target.jdbcUrl(database), EmbeddedPostgresServer.USER, "");
    }

    /** Creates an empty database at the source. */
    void recreateSource(String database) throws SQLException {
        executeAtSource(
                "", "DROP DATABASE IF EXISTS " + database, "CREATE DATABASE " + database + " CHARACTER SET utf8mb3");
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void close() {
        try (source) {
            target.close();
        }
    }
}
