package io.postgresloader.demo;

import io.postgresloader.app.ExitCode;
import io.postgresloader.app.TextTable;
import io.postgresloader.demo.data.ManyTables;
import io.postgresloader.demo.data.SecurityLogSource;
import io.postgresloader.demo.server.EmbeddedMariaDb;
import io.postgresloader.demo.server.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.postgresql.PGConnection;

/**
 * Measures the loader, as a separate process with {@code -Xmx256m}, against a floor: one COPY of the same rows from a
 * prepared file into the same table, as {@code psql \copy} does. Both are measured alternately, so that a machine that
 * gets slower slows both. Several loaders are measured alternately as well, each with a database of its own, because
 * versions may differ in their tracking tables.
 */
final class Benchmark implements AutoCloseable {
    private static final Path DIRECTORY = Path.of("target", "benchmark").toAbsolutePath();
    private static final String WAREHOUSE = "opendental_analytics";
    private static final long CHANGED_ROWS = 86_870;
    private static final int TABLES = 446;

    /** 20 different rows, 5 missing rows and 5 extra rows. */
    private static final int PLANTED_ROWS = 30;

    private static final String[] PLANTED = {
        "UPDATE raw.securitylog SET \"LogText\" = \"LogText\" || '.' WHERE \"SecurityLogNum\" IN"
                + " (SELECT 1000 + 100000 * n FROM generate_series(0, 19) n)",
        "DELETE FROM raw.securitylog WHERE \"SecurityLogNum\" IN (SELECT 777 + 500000 * n FROM generate_series(0, 4) n)",
        "INSERT INTO raw.securitylog SELECT (jsonb_populate_record(s, jsonb_build_object('SecurityLogNum', -n))).*"
                + " FROM (SELECT s, row_number() OVER () AS n FROM raw.securitylog s LIMIT 5) planted"
    };

    private final PrintWriter out;
    private final List<BenchmarkJar> jars;
    private final long rows;
    private final int changed;
    private final Path file = DIRECTORY.resolve("securitylog.copy");
    private final Path keys = DIRECTORY.resolve("differences.jsonl");
    private final Path log = DIRECTORY.resolve("loader.log");
    private final TextTable table = new TextTable("what", ">seconds", ">rows/s", ">of the floor");
    private BenchmarkJar jar;
    private String warehouse;
    private EmbeddedMariaDb mariaDb;
    private EmbeddedPostgresServer postgres;

    /** @param jars the loaders to measure, at least one */
    Benchmark(PrintWriter out, List<BenchmarkJar> jars, long rows) {
        this.out = out;
        this.jars = jars;
        this.rows = rows;
        this.changed = (int) Math.min(CHANGED_ROWS, rows / 10);
    }

    void run(int runs) throws Exception {
        prepare();
        for (int run = 1; run <= runs; run++) {
            // Every other run in reverse, so that no loader always has the warmer caches.
            for (int turn = 0; turn < jars.size(); turn++) {
                measure(run % 2 == 1 ? turn : jars.size() - 1 - turn, run);
            }
        }
        say("Making as many tables as a practice has, to look at");
        ManyTables.create(mariaDb, SecurityLogSource.DATABASE, TABLES);
        for (int number = 0; number < jars.size(); number++) {
            use(number);
            String seconds = String.format(Locale.ROOT, "%.1f", seconds(this::analyze));
            table.add(label() + "analyze, " + TABLES + " tables, securitylog among them", seconds, "", "");
        }
        out.print(table);
        out.println("Loader times are those of the whole process, JVM start included.");
        out.flush();
    }

    private void measure(int number, int run) throws Exception {
        use(number);
        SecurityLogSource.age(mariaDb);
        execute("DROP TABLE IF EXISTS raw.securitylog", "DELETE FROM raw.etl_load_status");
        double load = seconds(this::load);
        execute("DROP TABLE IF EXISTS raw.floor", "CREATE TABLE raw.floor (LIKE raw.securitylog INCLUDING ALL)");
        double floor = seconds(this::copy);
        report("floor: COPY of a ready file", floor, rows, floor);
        report("first load", load, rows, floor);
        SecurityLogSource.change(mariaDb, changed, run);
        report("increment of " + changed + " changed rows", seconds(this::load), changed, floor);
        report("the same again, unchanged", seconds(this::load), changed, floor);
        execute(PLANTED);
        report("verify, " + PLANTED_ROWS + " planted differences", seconds(this::verify), rows, floor);
        say(Files.readAllLines(keys).size() + " of " + PLANTED_ROWS + " planted differences found");
        loader(ExitCode.DONE, "verify", "--repair");
        // The tables of one loader must not slow another one's.
        execute("DROP TABLE raw.floor");
    }

    private void use(int number) {
        jar = jars.get(number);
        warehouse = WAREHOUSE + "_" + (number + 1);
    }

    /** Which loader a line of the table is about, if there are several. */
    private String label() {
        return jars.size() == 1 ? "" : "#" + (jars.indexOf(jar) + 1) + " ";
    }

    @Override
    public void close() {
        if (postgres != null) {
            postgres.close();
        }
        if (mariaDb != null) {
            mariaDb.close();
        }
    }

    private void prepare() throws Exception {
        say("Starting MariaDB and PostgreSQL in " + DIRECTORY);
        mariaDb = EmbeddedMariaDb.start(new EmbeddedMariaDb.Options(
                DIRECTORY.resolve("mariadb"), 0, Optional.empty(), List.of("--key-buffer-size=256M")));
        postgres = EmbeddedPostgresServer.start(
                DIRECTORY.resolve("postgres"), 0, Map.of("fsync", "on", "max_wal_size", "4GB"));
        say("Making " + rows + " rows of securitylog");
        SecurityLogSource.create(mariaDb, rows);
        Files.writeString(DIRECTORY.resolve("tables.yml"), "securitylog: {incremental_columns: [LogDateTime]}\n");
        say("A first load, to make the file for the floor");
        for (int number = jars.size() - 1; number >= 0; number--) {
            use(number);
            postgres.recreateDatabase(warehouse);
            load();
            say(label() + jar.file() + " with the routes in " + jar.routes());
        }
        try (Connection connection = connect();
                OutputStream to = Files.newOutputStream(file)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY raw.securitylog TO STDOUT", to);
        }
    }

    private Void load() throws IOException, InterruptedException {
        loader(ExitCode.DONE, "once");
        return null;
    }

    private Void verify() throws IOException, InterruptedException {
        loader(ExitCode.FAILED, "verify", "--keys", keys.toString());
        return null;
    }

    private Void analyze() throws IOException, InterruptedException {
        loader(
                ExitCode.DONE,
                "analyze",
                "--force",
                "--output",
                DIRECTORY.resolve("analyzed.yml").toString());
        return null;
    }

    private void loader(int expected, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                jar.file().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder loader = new ProcessBuilder(command)
                .directory(jar.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        loader.environment()
                .putAll(Map.of(
                        "SOURCE_URL",
                        mariaDb.jdbcUrl(SecurityLogSource.DATABASE),
                        "SOURCE_USER",
                        EmbeddedMariaDb.READER,
                        "SOURCE_PASSWORD",
                        EmbeddedMariaDb.PASSWORD,
                        "TARGET_URL",
                        postgres.jdbcUrl(warehouse),
                        "TARGET_USER",
                        EmbeddedPostgresServer.USER,
                        "TABLES_FILE",
                        DIRECTORY.resolve("tables.yml").toString(),
                        "ROUTES_DIR",
                        jar.routes().toString()));
        if (loader.start().waitFor() != expected) {
            throw new IOException("the loader failed; see " + log);
        }
    }

    private Void copy() throws SQLException, IOException {
        try (Connection connection = connect();
                InputStream from = Files.newInputStream(file)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY raw.floor FROM STDIN", from, 1 << 16);
        }
        return null;
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            statement.execute("CHECKPOINT");
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(warehouse), EmbeddedPostgresServer.USER, "");
    }

    private static double seconds(Callable<Void> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / 1e9;
    }

    private void report(String what, double seconds, long count, double floor) {
        table.add(
                label() + what,
                String.format(Locale.ROOT, "%.1f", seconds),
                String.format(Locale.ROOT, "%.0f", count / seconds),
                String.format(Locale.ROOT, "%.2f", seconds / floor));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
