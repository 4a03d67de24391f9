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
        name = "resume",
        description = {
            "Ends the pause of tables.",
            "The next period of the running loader, or the next once, loads them."
        },
        exitCodeList = {
            "0:the tables are not paused",
            "1:init was never run",
            ExitCode.WRONG,
            "3:the target is not available"
        },
        footer = {
            "%nExamples:",
            "  postgres-loader resume claim  # one table",
            "  postgres-loader resume --all  # all tables"
        })
final class ResumeCommand implements Callable<Integer> {
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
            List<String> changed = new PauseRecords(warehouse).resume(names);
            PrintWriter out = spec.commandLine().getOut();
            names.forEach(table -> out.println(table + (changed.contains(table) ? " is resumed" : " was not paused")));
            out.flush();
            return ExitCode.DONE;
        }
    }
}
