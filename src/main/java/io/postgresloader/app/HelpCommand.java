package io.postgresloader.app;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "help",
        description = "Shows the help of a command.",
        helpCommand = true,
        exitCodeList = {"0:done", "2:the command does not exist"},
        footer = {
            "%nExamples:",
            "  postgres-loader help         # list all commands",
            "  postgres-loader help verify  # the same as verify --help"
        })
final class HelpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..1",
            completionCandidates = CommandGroup.Names.class,
            description = "Command to describe (default: list all commands).")
    private String command;

    @Override
    public Integer call() {
        CommandLine program = spec.commandLine().getParent();
        CommandLine explained =
                command == null ? program : program.getSubcommands().get(command);
        if (explained == null) {
            throw new ParameterException(program, "Unknown command '" + command + "'", null, command);
        }
        explained.usage(spec.commandLine().getOut());
        return ExitCode.DONE;
    }
}
