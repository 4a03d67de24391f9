package io.postgresloader.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {
            "Prints a completion script for bash and zsh.",
            "The script completes commands, options and option values if the program is called postgres-loader:"
                    + " define an alias, or put a link to the launcher on the PATH."
        },
        exitCodeList = {"0:done", ExitCode.WRONG},
        footer = {
            "%nExamples:",
            "  alias postgres-loader=/opt/loader/postgres-loader",
            "  source <(postgres-loader completion)"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec program = spec.root();
        PrintWriter out = spec.commandLine().getOut();
        // A shell script needs \n on every platform.
        out.print(AutoComplete.bash(program.name(), program.commandLine()) + "\n");
        out.flush();
        return ExitCode.DONE;
    }
}
