package io.postgresloader.demo;

import io.postgresloader.app.ExitCode;
import io.postgresloader.app.Loader;
import io.postgresloader.app.LoadsAtOnce;
import io.postgresloader.app.LoadsDone;
import io.postgresloader.app.Operation;
import io.postgresloader.app.Session;
import io.postgresloader.app.SummaryTable;
import io.postgresloader.config.Configuration;
import io.postgresloader.config.Setting;
import io.postgresloader.config.SettingsReader;
import io.postgresloader.demo.data.DemoSource;
import io.postgresloader.demo.data.DemoWriter;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.sql.Identifiers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The main job on real databases of its own, for people to watch. */
final class Demo implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    private static final Path DIRECTORY = Path.of("target", "demo");
    private static final Path SETTINGS = Path.of("config", "application.properties");
    private static final Duration SCHEDULE = Duration.ofSeconds(5);

    /** The writer commits at once; with more, each load would read mostly rows that it has read before. */
    private static final Duration LOOKBACK = Duration.ofSeconds(15);

    private static final Duration WRITER_PAUSE = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final Map<String, String> environment;
    private final Parts parts = new Parts();
    private DemoServers servers;
    private Session session;
    private Loader loader;

    /** @param environment variables by name */
    Demo(PrintWriter out, Map<String, String> environment) {
        this.out = out;
        this.environment = environment;
    }

    /**
     * Runs the demo.
     *
     * @param once whether to end after a full and an incremental cycle; otherwise it stays up until it is closed
     * @return the exit code
     */
    int run(boolean once) throws Exception {
        try {
            return once ? twoCycles() : untilClosed();
        } catch (Exception e) {
            if (parts.ending()) {
                return ExitCode.DONE;
            }
            throw e;
        }
    }

    /** Ends everything, in the order in which things need each other. */
    @Override
    public void close() {
        parts.close();
    }

    private int twoCycles() throws Exception {
        introduce("It ends after a first load and a load of what changed.");
        begin(DemoVariables.of(environment));
        LoadsDone first = firstLoad();
        say("");
        say("The practice works: " + new DemoWriter(servers.source()).change());
        LoadsDone increment = load("Loading what changed");
        say("");
        say(LoadReport.ofIncrement(increment, write("increment.txt", increment)));
        return Math.max(first.exitCode(), increment.exitCode());
    }

    private int untilClosed() throws Exception {
        introduce("It goes on until you press Ctrl-C.");
        DemoVariables variables = DemoVariables.listening(SETTINGS, environment);
        variables
                .taken()
                .ifPresent(port -> say("Port " + port + " is taken by another process; health and metrics use "
                        + variables.values().get(Setting.MANAGEMENT_PORT.variable()) + "."));
        DemoLog log = begin(variables);
        firstLoad();
        say(NextSteps.of(servers.writeSourceScript(), servers.writeTargetScript(), reach(variables)));
        say("The practice changes rows every " + WRITER_PAUSE.toSeconds() + " s; every table is loaded every "
                + SCHEDULE.toSeconds() + " s. Ctrl-C ends all.");
        log.show();
        parts.start(() -> Operation.start(session, loader));
        DemoWriter writer = new DemoWriter(servers.source());
        while (!parts.endsWithin(WRITER_PAUSE.toMillis())) {
            LOG.info("the practice works: {}", writer.change());
        }
        return ExitCode.DONE;
    }

    private void introduce(String end) {
        say("PostgresLoader keeps a PostgreSQL database equal to a MySQL or MariaDB database.");
        say("This demo starts two real servers of its own, fills one, loads the other from");
        say("it, and ends them when it ends. The first load is done in about 15 seconds.");
        say(end);
        say("");
    }

    /** Servers, rows, loader: all but the loads. */
    private DemoLog begin(DemoVariables variables) throws Exception {
        Files.createDirectories(DIRECTORY);
        DemoLog log = parts.start(() -> new DemoLog(DIRECTORY.resolve("loader.log")));
        if (!DemoServers.installed(DIRECTORY)) {
            say("First start: MariaDB and PostgreSQL are unpacked, a few seconds more.");
        }
        say("Starting MariaDB and PostgreSQL in " + DIRECTORY);
        servers = DemoServers.start(DIRECTORY, parts);
        fill();
        say("Starting the loader; its log is " + DIRECTORY.resolve("loader.log"));
        Map<String, String> all = new HashMap<>(variables.values());
        all.putAll(servers.variables());
        Configuration configuration = SettingsReader.read(SETTINGS, all);
        session = parts.start(() ->
                Session.open(configuration, options -> options.every(SCHEDULE).lookingBack(LOOKBACK)));
        loader = parts.start(session::loader);
        loader.start();
        return log;
    }

    private void fill() throws SQLException {
        DemoSource source = new DemoSource(servers.source());
        say("Filling MariaDB with the tables of a dental practice, and invented rows");
        Progress progress = new Progress(source.tables().size(), this::say);
        source.create((table, rows) -> progress.done(rows));
    }

    private LoadsDone firstLoad() throws Exception {
        LoadsDone done = load("Loading everything");
        try (Connection target = servers.connectToTarget()) {
            String schema = Identifiers.postgres(session.settings().targetSchema());
            say("");
            say(LoadReport.ofFirst(done, RefusedRow.open(target, schema), write("first-load.txt", done)));
        }
        return done;
    }

    private LoadsDone load(String what) throws Exception {
        List<LoadRequest> requests = session.catalog().tables().keySet().stream()
                .map(table -> new LoadRequest(table, LoadRequest.Kind.DUE, true))
                .toList();
        int workers = session.settings().workers();
        say(what + ": " + requests.size() + " tables, " + workers + " at a time");
        Progress progress = new Progress(requests.size(), this::say);
        return new LoadsAtOnce(loader, workers)
                .load(requests, result -> progress.done(result.counts().pulled()));
    }

    private static Path write(String name, LoadsDone done) throws IOException {
        return Files.writeString(DIRECTORY.resolve(name), SummaryTable.of(done));
    }

    private Map<String, String> reach(DemoVariables variables) {
        Map<String, String> reach = servers.variables();
        variables.values().forEach((name, value) -> {
            if (name.startsWith("MANAGEMENT_")) {
                reach.put(name, value);
            }
        });
        reach.put(
                Setting.MANAGEMENT_PORT.variable(),
                String.valueOf(session.settings().management().port()));
        return reach;
    }

    private synchronized void say(String text) {
        out.println(text.stripTrailing());
        out.flush();
    }
}
