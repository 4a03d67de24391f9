package io.postgresloader.app;

import io.postgresloader.tracking.PauseRecords;
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
        return tables.change(root, spec, PauseRecords::pause, " is paused", " was paused before");
    }
}
