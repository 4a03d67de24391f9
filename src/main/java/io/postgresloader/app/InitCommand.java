package io.postgresloader.app;

import io.postgresloader.config.Catalog;
import io.postgresloader.config.CatalogCheck;
import io.postgresloader.config.CatalogReader;
import io.postgresloader.config.Settings;
import io.postgresloader.source.SourceSchema;
import io.postgresloader.tracking.LoadStatusTable;
import io.postgresloader.tracking.TrackingBackup;
import io.postgresloader.tracking.TrackingSchema;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        description = "Creates the tracking tables and a row for every configured table; backs an existing"
                + " etl_load_status up first. Does nothing when nothing is missing.")
final class InitCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = root.configuration().settings();
        Catalog catalog = CatalogReader.read(settings.tablesFile());
        PrintWriter out = spec.commandLine().getOut();
        try (Databases databases = Databases.open(settings)) {
            CatalogCheck.against(catalog, new SourceSchema(databases.source()).tables());
            Optional<String> backup = new TrackingBackup(databases.target(), settings.targetSchema())
                    .beforeChanging(catalog.tables().keySet());
            TrackingSchema.migrate(databases.target(), settings.targetSchema());
            int created = new LoadStatusTable(databases.target(), settings.targetSchema())
                    .createMissing(catalog.tables().keySet());
            backup.ifPresent(
                    name -> out.println("Backed up etl_load_status as " + settings.targetSchema() + "." + name));
            out.println(
                    created == 0
                            ? "Nothing to do: all " + catalog.tables().size()
                                    + " configured tables have a tracking row."
                            : "Created " + created + " tracking rows; "
                                    + catalog.tables().size() + " tables are configured.");
            return ExitCode.DONE;
        }
    }
}
