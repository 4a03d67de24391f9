package io.postgresloader.demo;

import io.postgresloader.config.settings.Setting;
import io.postgresloader.demo.data.DemoSource;
import io.postgresloader.demo.server.EmbeddedMariaDb;
import io.postgresloader.demo.server.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The source and the target of the demo, and how they are reached. */
final class DemoServers {
    private static final String WAREHOUSE = "opendental_analytics";

    private final Path directory;
    private final EmbeddedMariaDb source;
    private final EmbeddedPostgresServer target;

    private DemoServers(Path directory, EmbeddedMariaDb source, EmbeddedPostgresServer target) {
        this.directory = directory;
        this.source = source;
        this.target = target;
    }

    /** Whether servers have run in this directory before; otherwise they are unpacked and set up first. */
    static boolean installed(Path directory) {
        return EmbeddedMariaDb.installed(mariaDb(directory)) && EmbeddedPostgresServer.installed(postgres(directory));
    }

    /**
     * Starts both servers, with an empty target.
     *
     * @param parts ends them
     */
    static DemoServers start(Path directory, Parts parts) throws Exception {
        EmbeddedMariaDb.install(mariaDb(directory));
        EmbeddedMariaDb source = parts.start(() -> EmbeddedMariaDb.start(new EmbeddedMariaDb.Options(
                mariaDb(directory), 0, Optional.empty(), List.of("--innodb-buffer-pool-size=128M"))));
        EmbeddedPostgresServer target = parts.start(() -> EmbeddedPostgresServer.start(
                postgres(directory), 0, Map.of("fsync", "on", "synchronous_commit", "on")));
        target.recreateDatabase(WAREHOUSE);
        return new DemoServers(directory, source, target);
    }

    EmbeddedMariaDb source() {
        return source;
    }

    Connection connectToTarget() throws SQLException {
        return DriverManager.getConnection(target.jdbcUrl(WAREHOUSE), EmbeddedPostgresServer.USER, "");
    }

    /** The settings of a loader for both servers, in the order in which they are printed. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(Setting.SOURCE_URL.variable(), source.jdbcUrl(DemoSource.DATABASE));
        variables.put(Setting.SOURCE_USER.variable(), EmbeddedMariaDb.READER);
        variables.put(Setting.SOURCE_PASSWORD.variable(), EmbeddedMariaDb.PASSWORD);
        variables.put(Setting.TARGET_URL.variable(), target.jdbcUrl(WAREHOUSE));
        variables.put(Setting.TARGET_USER.variable(), EmbeddedPostgresServer.USER);
        return variables;
    }

    /** Writes the script that opens the source's client, which comes with the server. */
    Path writeSourceScript() throws IOException {
        return ClientScript.write(directory.resolve("source.sh"), source.clientCommand(DemoSource.DATABASE));
    }

    /** Writes the script that opens the target's client, which has to be installed. */
    Path writeTargetScript() throws IOException {
        String missing = "psql is not installed; any client reaches " + WAREHOUSE + " on 127.0.0.1, port "
                + target.port() + ", as " + EmbeddedPostgresServer.USER + " without a password";
        return ClientScript.write(
                directory.resolve("target.sh"),
                "command -v psql > /dev/null || { echo '" + missing + "' >&2; exit 127; }",
                target.clientCommand(WAREHOUSE));
    }

    private static Path mariaDb(Path directory) {
        return directory.resolve("mariadb");
    }

    private static Path postgres(Path directory) {
        return directory.resolve("postgres");
    }
}
