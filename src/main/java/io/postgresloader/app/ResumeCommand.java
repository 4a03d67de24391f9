package io.postgresloader.app;

import io.postgresloader.tracking.PauseRecords;
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
        return tables.change(root, spec, PauseRecords::resume, " is resumed", " was not paused");
    }
}
