package io.postgresloader.app;

import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.database.Warehouse;
import io.postgresloader.tracking.PauseRecords;
import io.postgresloader.tracking.TrackingSchema;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The tables of {@code pause} and {@code resume}: named, or all of them. */
final class PauseArguments {
    @Mixin
    private TableArguments tables;

    @Option(names = "--all", description = "All tables of the table list.")
    private boolean all;

    /**
     * Changes the pause of the tables in the target, and prints for each whether that changed anything.
     *
     * @param change returns the tables that it changed
     * @param changed what is said of these
     * @param same what is said of the others
     * @return the exit code
     */
    int change(
            RootCommand root,
            CommandSpec spec,
            BiFunction<PauseRecords, List<String>, List<String>> change,
            String changed,
            String same) {
        Settings settings = root.configuration().settings();
        List<String> names = in(CatalogReader.read(settings.files().tables()), spec);
        try (Databases databases = Databases.openTarget(settings)) {
            Warehouse warehouse = databases.warehouse();
            if (!TrackingSchema.complete(warehouse)) {
                spec.commandLine().getErr().println(StatusCommand.untracked(settings));
                return ExitCode.FAILED;
            }
            List<String> done = change.apply(new PauseRecords(warehouse), names);
            PrintWriter out = spec.commandLine().getOut();
            names.forEach(table -> out.println(table + (done.contains(table) ? changed : same)));
            out.flush();
            return ExitCode.DONE;
        }
    }

    /**
     * @return the named tables, or all configured tables
     * @throws ParameterException unless either tables or {@code --all} are given
     */
    private List<String> in(Catalog catalog, CommandSpec spec) {
        if (all == tables.named()) {
            throw new ParameterException(
                    spec.commandLine(),
                    all ? "--all cannot be combined with names of tables" : "name the tables, or use --all");
        }
        return tables.in(catalog);
    }
}
