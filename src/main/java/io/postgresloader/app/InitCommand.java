package io.postgresloader.app;

import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogCheck;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.database.Warehouse;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.LoadExplainer;
import io.postgresloader.source.SourceSchema;
import io.postgresloader.tracking.Monitoring;
import io.postgresloader.tracking.TrackingSchema;
import io.postgresloader.tracking.TrackingSetup;
import io.postgresloader.tracking.TrackingUndo;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        description = {
            "Creates the tracking tables in the target.",
            "Creates one tracking row for each table of the table list. Tracking tables of another loader are backed"
                    + " up, then extended. Does nothing if nothing is missing."
        },
        exitCodeList = {
            "0:the tracking tables are complete; with --sql: the statements are printed; with --undo: the backup is"
                    + " restored",
            "1:with --undo: there is nothing to undo, or the backup does not exist",
            ExitCode.WRONG,
            ExitCode.UNUSABLE
        },
        footer = {
            "%nExamples:",
            "  postgres-loader init",
            "  postgres-loader init --sql > init.sql  # for psql, to run as another role"
        })
final class InitCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Option(names = "--sql", description = "Print the statements for psql instead of executing them.")
    private boolean sql;

    @Option(
            names = "--undo",
            description = "Restore the tracking table of the previous loader from its backup and drop the tracking"
                    + " tables of this loader. Data tables are kept. Stop this loader first.")
    private boolean undo;

    @Option(
            names = "--backup",
            paramLabel = "NAME",
            description = "With --undo: the backup to restore (default: the" + " newest).")
    private String backup;

    @Override
    public Integer call() {
        if (undo && sql || backup != null && !undo) {
            throw new ParameterException(
                    spec.commandLine(), "--undo cannot be combined with --sql, and --backup requires --undo");
        }
        Settings settings = root.configuration().settings();
        return undo ? undo(settings) : init(settings);
    }

    private int init(Settings settings) {
        Catalog catalog = CatalogReader.read(settings.files().tables());
        try (Databases databases = Databases.open(settings)) {
            CatalogCheck.against(catalog, new SourceSchema(databases.source()).tables());
            Warehouse warehouse = databases.warehouse();
            TrackingSetup setup = TrackingSetup.of(warehouse, catalog.tables().keySet());
            List<String> surveyed = surveyed(settings, catalog, databases);
            PrintWriter out = spec.commandLine().getOut();
            if (sql) {
                out.println("-- Run these statements as the loader's role, which must own the created objects.");
                setup.found().forEach(line -> out.println("-- " + line));
                surveyed.forEach(line -> out.println("-- " + line));
                out.print(setup.sql(warehouse));
            } else {
                setup.run(warehouse);
                setup.setSearchPath(warehouse);
                new Monitoring(warehouse).configured(catalog.tables().keySet());
                print(setup, warehouse, catalog.tables().size(), out);
                surveyed.forEach(out::println);
            }
            out.flush();
            return ExitCode.DONE;
        }
    }

    /** What samples of the tables that another loader has filled show. */
    private static List<String> surveyed(Settings settings, Catalog catalog, Databases databases) {
        LoadExplainer explainer = new LoadExplainer(
                LoadServices.of(settings, () -> catalog, databases.source(), databases.warehouse()),
                TrackingSchema.current(databases.warehouse()));
        return catalog.tables().keySet().stream()
                .flatMap(table -> explainer.survey(table).stream().map(line -> table + ": " + line))
                .toList();
    }

    private static void print(TrackingSetup setup, Warehouse warehouse, int tables, PrintWriter out) {
        setup.found().forEach(out::println);
        setup.backups().forEach(name -> out.println("Backed up as " + warehouse.schema() + "." + name));
        setup.searchPath().ifPresent(statement -> {
            out.println("Queries of this role now find the tables without a schema name: " + statement);
            out.println("For another role, run as an administrator: " + TrackingSetup.searchPathOfOthers(warehouse));
        });
        if (setup.missing() > 0) {
            out.println("Created " + setup.missing() + " tracking rows; " + tables + " tables are configured.");
        } else {
            out.println((setup.backups().isEmpty() ? "Nothing to create: all " : "All ") + tables
                    + " configured tables have a tracking row.");
        }
    }

    private int undo(Settings settings) {
        try (Databases databases = Databases.openTarget(settings)) {
            TrackingUndo undoing = new TrackingUndo(databases.warehouse());
            List<String> backups = undoing.backups();
            String named = backup == null ? backups.stream().findFirst().orElse("") : backup;
            Optional<String> obstacle = obstacle(undoing, backups, named, settings.targetSchema());
            if (obstacle.isPresent()) {
                spec.commandLine().getErr().println(obstacle.get());
                return ExitCode.FAILED;
            }
            List<String> kept = undoing.kept();
            undoing.restore(named);
            PrintWriter out = spec.commandLine().getOut();
            out.println("Restored etl_load_status from " + settings.targetSchema() + "." + named
                    + ". The backup and all data tables are kept; the tables and columns of this loader are dropped.");
            if (!kept.isEmpty()) {
                out.println("These changes of data tables stay:");
                kept.forEach(line -> out.println("  " + line));
            }
            out.flush();
            return ExitCode.DONE;
        }
    }

    private static Optional<String> obstacle(TrackingUndo undoing, List<String> backups, String named, String schema) {
        if (backups.isEmpty()) {
            return Optional.of(
                    "schema " + schema + " has no backup of another loader's tracking table: nothing to" + " undo");
        }
        if (!undoing.due()) {
            return Optional.of("the tracking table " + schema + ".etl_load_status does not belong to this loader:"
                    + " nothing to undo; the backups are kept");
        }
        return backups.contains(named)
                ? Optional.empty()
                : Optional.of("there is no backup " + named + "; existing backups: " + String.join(", ", backups));
    }
}
