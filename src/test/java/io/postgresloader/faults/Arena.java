package io.postgresloader.faults;

import io.postgresloader.app.LoaderFixture;
import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.TcpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A source, a target, the ways to both and a loader: what a fault may strike. */
final class Arena implements AutoCloseable {
    static final String WIDE = "wide";

    private final LoaderFixture fixture;
    private final TcpProxy toSource;
    private final TcpProxy toTarget;
    private final CommitWatch commits = new CommitWatch();
    private final Database admin;
    private final String name;
    private final Path routes;
    private final List<String> tables = new ArrayList<>();
    private LoadsAsProcess process;

    Arena(Setup setup) throws IOException {
        fixture = new LoaderFixture(FaultServers.source(), FaultServers.postgres());
        toSource = new TcpProxy(FaultServers.source().port());
        toTarget = new TcpProxy(FaultServers.postgres().port(), commits::filter);
        admin = new Database(FaultServers.postgres().jdbcUrl("postgres"), EmbeddedPostgresServer.USER, "");
        name = fixture.target().url().replaceFirst(".*/", "");
        routes = copyOfRoutes();
        createTables(setup);
        // Limits and read-only defaults do not hold for a superuser.
        admin.execute("CREATE ROLE " + name + " LOGIN", "ALTER DATABASE " + name + " OWNER TO " + name);
        fixture.set("SOURCE_URL", toSource.url(fixture.environment().get("SOURCE_URL")))
                .set("TARGET_URL", toTarget.url(fixture.environment().get("TARGET_URL")))
                .set("TARGET_USER", name)
                .set("ROUTES_DIR", routes.toString())
                .set("LOADER_PAGE_ROWS", "200")
                .set("LOADER_BATCH_ROWS", "80")
                .set("LOADER_RETRIES", "2");
        setup.settings().forEach(fixture::set);
    }

    LoaderFixture fixture() {
        return fixture;
    }

    TcpProxy toSource() {
        return toSource;
    }

    TcpProxy toTarget() {
        return toTarget;
    }

    CommitWatch commits() {
        return commits;
    }

    Database source() {
        return fixture.source();
    }

    Database target() {
        return fixture.target();
    }

    /** Another database of the target's server, seen as superuser. */
    Database admin() {
        return admin;
    }

    /** The name of the target's database and of the role that the loader has there. */
    String name() {
        return name;
    }

    Path routes() {
        return routes;
    }

    List<String> tables() {
        return tables;
    }

    /** Those that no writer of the storm knows. */
    List<String> otherTables() {
        return tables.contains(WIDE) ? List.of(WIDE) : List.of();
    }

    LoadsAsProcess process() {
        return process;
    }

    Runner start(Setup setup) {
        return switch (setup.mode()) {
            case IN_PROCESS -> new LoadsInProcess(fixture, tables).start();
            case ONCE -> process(setup, "once");
            case RUN -> process(setup, "run");
            case BOTH -> {
                Runner other = process(setup, "run");
                Runner here = new LoadsInProcess(fixture, tables).start();
                yield () -> {
                    here.close();
                    other.close();
                };
            }
        };
    }

    /** Ends everything that a fault has left behind. */
    void restore() {
        toSource.resume();
        toSource.delay(0);
        toTarget.resume();
        toTarget.delay(0);
        source().execute("ALTER USER '" + SourceServer.READER + "'@'127.0.0.1' WITH MAX_USER_CONNECTIONS 0");
        admin.execute(
                "ALTER ROLE " + name + " CONNECTION LIMIT -1",
                "ALTER DATABASE " + name + " RESET default_transaction_read_only");
        target().execute(TargetFaults.DISK_NOT_FULL);
    }

    @Override
    public void close() {
        fixture.close();
        toSource.close();
        toTarget.close();
    }

    private Runner process(Setup setup, String command) {
        process = new LoadsAsProcess(fixture.environment(), setup.jvm(), command);
        return process;
    }

    private void createTables(Setup setup) {
        // An increment of a storm may bring little but rows that the target cannot store.
        StringBuilder configuration = new StringBuilder("defaults: {max_dead_letter_fraction: 100%}\n");
        for (StormTable table : StormTable.values()) {
            source().execute(table.create(), table.fill());
            configuration.append(table.configuration(setup.lookback()));
            tables.add(table.table());
        }
        if (setup.wide()) {
            source().execute(
                            "CREATE TABLE wide (Id int PRIMARY KEY, Note mediumtext NOT NULL, Edited timestamp NOT NULL"
                                    + " DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, KEY (Edited))",
                            "INSERT INTO wide (Id, Note) SELECT seq, REPEAT(seq, 100000) FROM seq_1_to_100");
            configuration.append("wide: {incremental_columns: [Edited], lookback: 1s, schedule: 1s, reconcile: off}\n");
            tables.add(WIDE);
        }
        fixture.tables(configuration.toString());
    }

    private static Path copyOfRoutes() throws IOException {
        Path copy = Files.createTempDirectory(Files.createDirectories(Path.of("target", "routes")), "routes-");
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }
}
