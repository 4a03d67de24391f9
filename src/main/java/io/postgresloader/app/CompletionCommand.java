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
            "Prints a script by which bash and zsh complete the command line.",
            "It completes commands, options and their values where the program is called by the name postgres-loader: a"
                    + " script of that name on the PATH, or an alias."
        },
        exitCodeList = {"0:done", ExitCode.WRONG},
        footer = {
            "%nExamples:",
            "  alias postgres-loader='java -jar /opt/loader/postgres-loader.jar'",
            "  source <(postgres-loader completion)"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec program = spec.root();
        PrintWriter out = spec.commandLine().getOut();
        // Its lines end as the shell wants them, whatever the platform's do.
        out.print(AutoComplete.bash(program.name(), program.commandLine()) + "\n");
        out.flush();
        return ExitCode.DONE;
    }
}
