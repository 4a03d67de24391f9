package io.postgresloader.app;

import io.postgresloader.config.Problems;
import io.postgresloader.config.TextFile;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.config.tables.TimestampsEdit;
import io.postgresloader.database.Warehouse;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.SourceCheck;
import io.postgresloader.load.plan.AdoptionFindings;
import io.postgresloader.load.plan.LoadExplainer;
import io.postgresloader.source.SourceSchema;
import io.postgresloader.tracking.Monitoring;
import io.postgresloader.tracking.TrackingSchema;
import io.postgresloader.tracking.TrackingSetup;
import io.postgresloader.tracking.TrackingUndo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            "1:the source does not have a table or column of the list, which is named; with --undo: there is nothing"
                    + " to undo, or the backup does not exist",
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
            names = "--save-clocks",
            description =
                    "Write timestamps: local into the table list, for the tables of another loader whose TIMESTAMP"
                            + " columns are in local time.")
    private boolean saveClocks;

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
        if (undo && sql || backup != null && !undo || saveClocks && (undo || sql)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--undo, --sql and --save-clocks cannot be combined, and --backup requires --undo");
        }
        Settings settings = root.configuration().settings();
        return undo ? undo(settings) : init(settings);
    }

    private int init(Settings settings) {
        Catalog catalog = CatalogReader.read(settings.files().tables());
        try (Databases databases = Databases.open(settings)) {
            if (!sql) {
                databases.requireWritable();
            }
            SourceSchema source = new SourceSchema(databases.source());
            SourceCheck.requireAny(catalog, source);
            Warehouse warehouse = databases.warehouse();
            TrackingSetup setup = TrackingSetup.of(warehouse, catalog.tables().keySet());
            Map<String, AdoptionFindings> surveyed = surveyed(settings, catalog, databases);
            PrintWriter out = spec.commandLine().getOut();
            if (sql) {
                out.println("-- Run these statements as the loader's role, which must own the created objects.");
                setup.found().forEach(line -> out.println("-- " + line));
                lines(surveyed).forEach(line -> out.println("-- " + line));
                out.print(setup.sql(warehouse));
            } else {
                setup.run(warehouse);
                setup.setSearchPath(warehouse);
                new Monitoring(warehouse).configured(catalog.reconciled());
                print(setup, warehouse, catalog.tables().size(), out);
                lines(surveyed).forEach(out::println);
                if (saveClocks) {
                    out.println(saveClocks(catalog, surveyed));
                }
                root.checkup(settings).notOk(catalog, databases).forEach(out::println);
            }
            out.flush();
            return reported(new SourceCheck(catalog, source).problems());
        }
    }

    /** Names the tables that no load can load; the tracking tables are complete nevertheless. */
    private int reported(List<String> problems) {
        problems.forEach(spec.commandLine().getErr()::println);
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** What samples of the tables that another loader has filled show. */
    private static Map<String, AdoptionFindings> surveyed(Settings settings, Catalog catalog, Databases databases) {
        LoadExplainer explainer = new LoadExplainer(
                LoadServices.of(settings, () -> catalog, databases.source(), databases.warehouse()),
                TrackingSchema.current(databases.warehouse()));
        Map<String, AdoptionFindings> findings = new LinkedHashMap<>();
        catalog.tables().keySet().forEach(table -> findings.put(table, explainer.survey(table)));
        return findings;
    }

    private static List<String> lines(Map<String, AdoptionFindings> surveyed) {
        return surveyed.entrySet().stream()
                .flatMap(table -> table.getValue().lines().stream().map(line -> table.getKey() + ": " + line))
                .toList();
    }

    /** Adds the option to the tables in local time that do not have it, and says to which. */
    private static String saveClocks(Catalog catalog, Map<String, AdoptionFindings> surveyed) {
        List<String> local = surveyed.entrySet().stream()
                .filter(table -> table.getValue().local())
                .map(Map.Entry::getKey)
                .toList();
        List<String> toAdd = TimestampsEdit.missing(catalog, local);
        if (toAdd.isEmpty()) {
            return "No table needs timestamps: local in " + catalog.file();
        }
        OutputFile file = OutputFile.writable("tables.file", catalog.file());
        Problems problems = new Problems();
        String text = TextFile.read(catalog.file(), problems).orElse("");
        problems.throwIfAny();
        String edited = TimestampsEdit.apply(text, catalog, toAdd);
        List<String> missing = TimestampsEdit.missing(catalogOf(edited), toAdd);
        file.write(edited);
        return "Added timestamps: local to " + (toAdd.size() - missing.size()) + " tables in " + catalog.file()
                + (missing.isEmpty() ? "" : "; add it yourself to " + String.join(", ", missing));
    }

    /** @throws io.postgresloader.config.ConfigurationException if the text is not a valid table list */
    private static Catalog catalogOf(String text) {
        try {
            Path trial = Files.createTempFile("tables", ".yml");
            try {
                return CatalogReader.read(Files.writeString(trial, text));
            } finally {
                Files.delete(trial);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
