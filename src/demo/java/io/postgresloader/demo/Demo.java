package io.postgresloader.demo;

import io.postgresloader.app.Loader;
import io.postgresloader.app.LoadsAtOnce;
import io.postgresloader.app.Operation;
import io.postgresloader.app.Session;
import io.postgresloader.app.SummaryTable;
import io.postgresloader.config.Configuration;
import io.postgresloader.config.SettingsReader;
import io.postgresloader.demo.data.DemoSource;
import io.postgresloader.demo.data.DemoWriter;
import io.postgresloader.demo.server.EmbeddedMariaDb;
import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The main job on real databases of its own, for people to watch. */
final class Demo implements AutoCloseable {
    private static final Path DIRECTORY = Path.of("target", "demo");
    private static final Path SETTINGS = Path.of("config", "application.properties");
    private static final String WAREHOUSE = "opendental_analytics";
    private static final Duration SCHEDULE = Duration.ofSeconds(5);
    private static final long WRITER_PAUSE_MILLIS = 4_000;

    private final PrintWriter out;
    private EmbeddedMariaDb mariaDb;
    private EmbeddedPostgresServer postgres;
    private Session session;
    private Loader loader;
    private Operation operation;

    Demo(PrintWriter out) {
        this.out = out;
    }

    /**
     * Runs the demo.
     *
     * @param once whether to end after a full and an incremental cycle; otherwise it stays up until interrupted
     * @return the exit code
     */
    int run(boolean once) throws Exception {
        if (!once) {
            Operation.requireAddresses(
                    SettingsReader.read(SETTINGS, besidesDatabases()).settings());
        }
        startServers();
        startLoader();
        List<LoadResult> full = loadAll("Loading everything");
        out.print(SummaryTable.of(full));
        sayHowToLook();
        DemoWriter writer = new DemoWriter(mariaDb);
        if (once) {
            say("The practice works: " + describe(writer.change()));
            List<LoadResult> increments = loadAll("Loading what changed");
            out.print(SummaryTable.of(increments));
            out.flush();
            return Math.max(LoadsAtOnce.exitCode(full), LoadsAtOnce.exitCode(increments));
        }
        operation = Operation.start(session, loader);
        say("From now on every table is loaded every " + SCHEDULE.toSeconds() + " s. Stop with Ctrl-C.");
        while (true) {
            say("The practice works: " + describe(writer.change()));
            Thread.sleep(WRITER_PAUSE_MILLIS);
        }
    }

    /** Stops everything, in the order in which things need each other. */
    @Override
    public synchronized void close() {
        if (operation != null) {
            operation.close();
            operation = null;
        }
        if (loader != null) {
            loader.close();
            session.close();
            loader = null;
        }
        if (postgres != null) {
            postgres.close();
            postgres = null;
        }
        if (mariaDb != null) {
            mariaDb.close();
            mariaDb = null;
        }
    }

    private void startServers() throws SQLException {
        say("Starting MariaDB and PostgreSQL in " + DIRECTORY);
        mariaDb = EmbeddedMariaDb.start(new EmbeddedMariaDb.Options(
                DIRECTORY.resolve("mariadb"), 0, Optional.empty(), List.of("--innodb-buffer-pool-size=128M")));
        postgres = EmbeddedPostgresServer.start(
                DIRECTORY.resolve("postgres"), 0, Map.of("fsync", "on", "synchronous_commit", "on"));
        postgres.recreateDatabase(WAREHOUSE);
        DemoSource source = new DemoSource(mariaDb);
        AtomicInteger done = new AtomicInteger();
        int all = source.tables().size();
        source.create((table, rows) -> {
            if (done.incrementAndGet() % 20 == 0 || rows > 100_000 || done.get() == all) {
                say("Filling the source: " + done + " of " + all + " tables, " + table + " has " + rows + " rows");
            }
        });
    }

    private void startLoader() throws Exception {
        Map<String, String> environment = besidesDatabases();
        environment.putAll(databases());
        Configuration configuration = SettingsReader.read(SETTINGS, environment);
        session = Session.open(configuration, options -> options.every(SCHEDULE));
        loader = session.loader();
        loader.start();
    }

    /** Of the environment what is not about databases. */
    private static Map<String, String> besidesDatabases() {
        Map<String, String> environment = new HashMap<>();
        System.getenv().forEach((name, value) -> {
            if (name.matches("(LOADER|MANAGEMENT|JOLOKIA)_.*")) {
                environment.put(name, value);
            }
        });
        return environment;
    }

    private Map<String, String> databases() {
        Map<String, String> databases = new LinkedHashMap<>();
        databases.put("SOURCE_URL", mariaDb.jdbcUrl(DemoSource.DATABASE));
        databases.put("SOURCE_USER", EmbeddedMariaDb.READER);
        databases.put("SOURCE_PASSWORD", EmbeddedMariaDb.PASSWORD);
        databases.put("TARGET_URL", postgres.jdbcUrl(WAREHOUSE));
        databases.put("TARGET_USER", EmbeddedPostgresServer.USER);
        return databases;
    }

    private List<LoadResult> loadAll(String what) throws ExecutionException, InterruptedException {
        List<LoadRequest> requests = session.catalog().tables().keySet().stream()
                .map(table -> new LoadRequest(table, LoadRequest.Kind.DUE, true))
                .toList();
        say(what + ": " + requests.size() + " tables, " + session.settings().workers() + " at a time");
        return new LoadsAtOnce(loader, session.settings().workers()).load(requests);
    }

    private void sayHowToLook() {
        say("");
        say("Source:  " + mariaDb.clientCommand(DemoSource.DATABASE));
        say("Target:  " + postgres.clientCommand(WAREHOUSE));
        say("Try:     SELECT * FROM raw.etl_dead_letter;   SELECT * FROM raw.etl_load_status;");
        say("Commands such as status and verify reach both, in another terminal, after");
        databases().forEach((name, value) -> say("  export " + name + "=" + value));
        say("");
    }

    private static String describe(DemoWriter.Round round) {
        return round.inserted() + " rows inserted, " + round.updated() + " edited, " + round.deleted() + " deleted";
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
