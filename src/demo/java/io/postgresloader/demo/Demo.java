package io.postgresloader.demo;

import ch.qos.logback.classic.Level;
import io.postgresloader.app.ExitCode;
import io.postgresloader.app.LoadsDone;
import io.postgresloader.app.ProgressOption;
import io.postgresloader.app.SummaryTable;
import io.postgresloader.config.settings.Setting;
import io.postgresloader.config.settings.SettingsReader;
import io.postgresloader.demo.data.DemoSource;
import io.postgresloader.demo.data.DemoWriter;
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

/** Runs the loader on its own real databases, with output for the terminal. */
final class Demo implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    private static final Path DIRECTORY = Path.of("target", "demo");
    private static final Path LOG_FILE = DIRECTORY.resolve("loader.log");
    private static final Path SETTINGS = Path.of("config", "application.properties");
    private static final Duration WRITER_PAUSE = Duration.ofSeconds(15);

    private final PrintWriter out;
    private final Map<String, String> environment;
    private final ProgressOption progress;
    private final Parts parts = new Parts();
    private volatile DemoLog log;
    private DemoServers servers;
    private DemoLoader loader;

    /** @param environment variables by name */
    Demo(PrintWriter out, Map<String, String> environment, ProgressOption progress) {
        this.out = out;
        this.environment = environment;
        this.progress = progress;
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

    /** The settings of a loader for the demo's databases, by variable; only while the demo is open. */
    Map<String, String> databases() {
        return servers.variables();
    }

    /** Ends all parts, in reverse order of their start. */
    @Override
    public void close() {
        if (log != null) {
            // Loads that are stopped log that; it belongs into the file only.
            log.show(Level.OFF);
        }
        parts.close();
    }

    /** Ends all parts when the process receives a signal. */
    void interrupt() {
        if (!parts.ending()) {
            // On a separate thread: Maven returns the terminal meanwhile, so that a write to it may fail.
            Thread farewell = new Thread(() -> say(List.of("", "Ending: first the loads, then the servers.")));
            farewell.setDaemon(true);
            farewell.start();
        }
        close();
    }

    private int twoCycles() throws Exception {
        introduce("It ends after a first load and a load of what changed.");
        begin(DemoVariables.of(environment));
        LoadsDone first = firstLoad();
        say(List.of("", "The practice works: " + new DemoWriter(servers.source()).change()));
        say("Loading what changed");
        LoadsDone increment = loader.loadAll(this::say);
        say(LoadReport.ofIncrement(increment, write("increment.txt", increment)));
        return Math.max(first.exitCode(), increment.exitCode());
    }

    private int untilClosed() throws Exception {
        introduce("It runs until you press Ctrl-C.");
        DemoVariables variables = DemoVariables.listening(SETTINGS, environment);
        variables
                .taken()
                .ifPresent(port -> say("Port " + port + " is taken by another process; health and metrics use "
                        + variables.values().get(Setting.MANAGEMENT_PORT.variable()) + "."));
        begin(variables);
        firstLoad();
        say(NextSteps.of(servers.writeSourceScript(), servers.writeTargetScript(), reach(variables)));
        say("Rows are changed every " + WRITER_PAUSE.toSeconds() + " s, and loaded every "
                + DemoLoader.SCHEDULE.toSeconds() + " s. Ctrl-C ends it.");
        log.show(Level.INFO);
        loader.operate(parts);
        DemoWriter writer = new DemoWriter(servers.source());
        while (!parts.endsWithin(WRITER_PAUSE.toMillis())) {
            LOG.info("the practice works: {}", writer.change());
        }
        return ExitCode.DONE;
    }

    private void introduce(String end) {
        say(List.of(
                "PostgresLoader keeps a PostgreSQL database equal to a MySQL or MariaDB database.",
                "This demo starts two real servers of its own, fills one, loads the other from",
                "it, and ends them when it ends. The first load is done in about 20 seconds.",
                end,
                ""));
    }

    /** Starts the servers, fills the source and starts the loader. */
    private void begin(DemoVariables variables) throws Exception {
        Files.createDirectories(DIRECTORY);
        log = parts.start(() -> new DemoLog(LOG_FILE));
        log.show(Level.ERROR);
        if (!DemoServers.installed(DIRECTORY)) {
            say("First start: MariaDB and PostgreSQL are unpacked, a few seconds more.");
        }
        say("Starting MariaDB and PostgreSQL in " + DIRECTORY);
        servers = DemoServers.start(DIRECTORY, parts);
        fill();
        say("Starting the loader; its log is " + LOG_FILE);
        Map<String, String> all = new HashMap<>(variables.values());
        all.putAll(servers.variables());
        loader = DemoLoader.start(SettingsReader.read(SETTINGS, all), progress, parts);
    }

    private void fill() throws SQLException {
        DemoSource source = new DemoSource(servers.source());
        say("Filling MariaDB with the tables of a dental practice, and invented rows");
        Progress progress = new Progress(source.tables().size(), this::say);
        source.create((table, rows) -> progress.done(rows));
    }

    private LoadsDone firstLoad() throws Exception {
        say("Loading everything, " + loader.settings().loading().workers() + " tables at a time");
        LoadsDone done = loader.loadAll(this::say);
        try (Connection target = servers.connectToTarget()) {
            String schema = Identifiers.postgres(loader.settings().targetSchema());
            say(LoadReport.ofFirst(done, DeadLetterRow.open(target, schema), write("first-load.txt", done)));
        }
        return done;
    }

    private static Path write(String name, LoadsDone done) throws IOException {
        return Files.writeString(DIRECTORY.resolve(name), SummaryTable.of(done));
    }

    /** The variables that a command of the loader needs in another terminal. */
    private Map<String, String> reach(DemoVariables variables) {
        Map<String, String> reach = servers.variables();
        variables.values().forEach((name, value) -> {
            if (name.startsWith("MANAGEMENT_")) {
                reach.put(name, value);
            }
        });
        reach.put(
                Setting.MANAGEMENT_PORT.variable(),
                String.valueOf(loader.settings().management().port()));
        return reach;
    }

    private void say(List<String> lines) {
        say(String.join(System.lineSeparator(), lines));
    }

    private synchronized void say(String text) {
        out.println(text);
        out.flush();
    }
}
