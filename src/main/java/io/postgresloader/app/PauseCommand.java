package io.postgresloader.app;

import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.database.Warehouse;
import io.postgresloader.tracking.PauseRecords;
import io.postgresloader.tracking.TrackingSchema;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "pause",
        description = {
            "Stops the loads of tables until they are resumed.",
            "A load that runs goes on to its end. A running loader obeys within a second, without a restart. The pause"
                    + " is kept in etl_load_status, so that it outlasts restarts. once skips a paused table and exits"
                    + " with 1; verify and replay still work."
        },
        exitCodeList = {
            "0:the tables are paused",
            "1:init was never run",
            ExitCode.WRONG,
            "3:the target is not available"
        },
        footer = {
            "%nExamples:",
            "  postgres-loader pause claim  # one table",
            "  postgres-loader pause --all  # all tables, for example while the source is restored"
        })
final class PauseCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PauseArguments tables;

    @Override
    public Integer call() {
        Settings settings = root.configuration().settings();
        List<String> names = tables.in(CatalogReader.read(settings.files().tables()), spec);
        try (Databases databases = Databases.openTarget(settings)) {
            Warehouse warehouse = databases.warehouse();
            if (!TrackingSchema.complete(warehouse)) {
                spec.commandLine().getErr().println(StatusCommand.untracked(settings));
                return ExitCode.FAILED;
            }
            List<String> changed = new PauseRecords(warehouse).pause(names);
            PrintWriter out = spec.commandLine().getOut();
            names.forEach(
                    table -> out.println(table + (changed.contains(table) ? " is paused" : " was paused before")));
            out.flush();
            return ExitCode.DONE;
        }
    }
}
