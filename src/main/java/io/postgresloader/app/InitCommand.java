package io.postgresloader.app;

import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogCheck;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.database.Warehouse;
import io.postgresloader.source.SourceSchema;
import io.postgresloader.tracking.Monitoring;
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
            "With a row for every table of the table list. Tracking tables of another loader are copied first, then extended. Does nothing when nothing is missing."
        },
        exitCodeList = {
            "0:nothing is missing now; with --sql: the statements are printed; with --undo: it is undone",
            "1:with --undo: there is nothing to undo, or no such copy",
            ExitCode.WRONG,
            ExitCode.UNUSABLE
        },
        footer = {
            "%nExamples:",
            "  postgres-loader init",
            "  postgres-loader init --sql > init.sql  # for psql, to be run by another role"
        })
final class InitCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Option(names = "--sql", description = "Print the statements, for psql, instead of running them.")
    private boolean sql;

    @Option(
            names = "--undo",
            description = "Give the tracking tables back to the loader that they were taken over from, as they were"
                    + " copied; ours go, tables with data stay. Stop this loader first.")
    private boolean undo;

    @Option(names = "--backup", paramLabel = "NAME", description = "With --undo: this copy (default: the newest).")
    private String backup;

    @Override
    public Integer call() {
        if (undo && sql || backup != null && !undo) {
            throw new ParameterException(
                    spec.commandLine(), "--undo goes without --sql, and --backup only with --undo");
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
            PrintWriter out = spec.commandLine().getOut();
            if (sql) {
                out.println("-- For the loader's role, which is to own what is created.");
                setup.found().forEach(line -> out.println("-- " + line));
                out.print(setup.sql(warehouse));
            } else {
                setup.run(warehouse);
                setup.setSearchPath(warehouse);
                new Monitoring(warehouse).configured(catalog.tables().keySet());
                tell(setup, warehouse, catalog.tables().size(), out);
            }
            out.flush();
            return ExitCode.DONE;
        }
    }

    private static void tell(TrackingSetup setup, Warehouse warehouse, int tables, PrintWriter out) {
        setup.found().forEach(out::println);
        setup.backups().forEach(name -> out.println("Backed up as " + warehouse.schema() + "." + name));
        setup.searchPath().ifPresent(statement -> {
            out.println("Queries of this role find the tables without naming the schema from now on: " + statement);
            out.println("For another role an administrator runs: " + TrackingSetup.searchPathOfOthers(warehouse));
        });
        if (setup.missing() > 0) {
            out.println("Created " + setup.missing() + " tracking rows; " + tables + " tables are configured.");
        } else {
            out.println((setup.backups().isEmpty() ? "Nothing to do: all " : "All ") + tables
                    + " configured tables have a tracking row.");
        }
    }

    private int undo(Settings settings) {
        try (Databases databases = Databases.openTarget(settings)) {
            TrackingUndo undoing = new TrackingUndo(databases.warehouse());
            List<String> backups = undoing.backups();
            String named = backup == null ? backups.stream().findFirst().orElse("") : backup;
            Optional<String> refusal = refusal(undoing, backups, named, settings.targetSchema());
            if (refusal.isPresent()) {
                spec.commandLine().getErr().println(refusal.get());
                return ExitCode.FAILED;
            }
            undoing.restore(named);
            PrintWriter out = spec.commandLine().getOut();
            out.println("Restored etl_load_status from " + settings.targetSchema() + "." + named
                    + ", which stays; our tables and columns are gone, tables with data are as they were.");
            out.flush();
            return ExitCode.DONE;
        }
    }

    private static Optional<String> refusal(TrackingUndo undoing, List<String> backups, String named, String schema) {
        if (backups.isEmpty()) {
            return Optional.of("schema " + schema + " has no copy of another loader's tracking table: nothing to undo");
        }
        if (!undoing.due()) {
            return Optional.of("the tracking table " + schema + ".etl_load_status is not this loader's (any more):"
                    + " nothing to undo; the copies stay");
        }
        return backups.contains(named)
                ? Optional.empty()
                : Optional.of("there is no copy " + named + "; there are: " + String.join(", ", backups));
    }
}
