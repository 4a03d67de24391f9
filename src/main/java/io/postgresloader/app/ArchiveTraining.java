package io.postgresloader.app;

import io.postgresloader.config.settings.Configuration;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.settings.SettingsReader;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.load.LoadServices;
import io.postgresloader.model.LoadRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs the start of the program once without databases, so that the JVM can list the classes that it loads. See
 * {@link ClassArchive}.
 */
final class ArchiveTraining {
    /** A table list whose only table does not exist. */
    private static final String TABLES = "defaults: {schedule: 1h}\ntraining:\n  incremental_columns: [changed]\n";

    /** In milliseconds; the shortest that the pools allow. */
    private static final int SHORT = 250;

    private ArchiveTraining() {}

    /** @param args the directory of the route files */
    public static void main(String[] args) {
        PrintStream err = System.err;
        // What the commands print is of no interest.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        System.setErr(System.out);
        int exitCode = ExitCode.DONE;
        try {
            train(args[0]);
        } catch (Exception e) {
            err.println(e.getMessage());
            exitCode = ExitCode.FAILED;
        }
        // Some of the threads that were started are not daemons.
        Runtime.getRuntime().exit(exitCode);
    }

    private static void train(String routes) throws Exception {
        RouteFiles.require(Path.of(routes));
        Path tables = Files.createTempFile("tables", ".yml");
        try {
            Files.writeString(tables, TABLES);
            train(tables, routes);
        } finally {
            Files.delete(tables);
        }
    }

    private static void train(Path tables, String routes) throws Exception {
        RootCommand.execute(new String[] {"--version"}, MavenOnlyCommand.all());
        Configuration configuration = configuration(tables, routes);
        Settings settings = configuration.settings();
        try (Databases databases = Databases.unchecked(settings)) {
            databases.sourceSilence();
            databases.targetSilence();
            databases.sourcePool().setConnectionTimeout(SHORT);
            databases.targetPool().setConnectionTimeout(SHORT);
            LoadServices services = LoadServices.of(
                    settings,
                    () -> CatalogReader.read(settings.files().tables()),
                    databases.source(),
                    databases.warehouse());
            try (Loader loader = new Loader(settings, configuration.camel(), databases, services, Meters.published())) {
                loader.start();
                loader.load(new LoadRequest("training", LoadRequest.Kind.DUE, true));
            }
        }
    }

    /** Port 1 of the local host: nothing listens there, and the answer comes at once. */
    private static Configuration configuration(Path tables, String routes) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("SOURCE_URL", "jdbc:mysql://127.0.0.1:1/training");
        environment.put("SOURCE_USER", "training");
        environment.put("TARGET_URL", "jdbc:postgresql://127.0.0.1:1/training");
        environment.put("TARGET_USER", "training");
        environment.put("LOADER_RETRIES", "0");
        environment.put("TABLES_FILE", tables.toString());
        environment.put("ROUTES_DIR", routes);
        return SettingsReader.read(tables.resolveSibling("no-settings.properties"), environment);
    }
}
