package io.postgresloader.app;

import io.postgresloader.config.Configuration;
import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.SettingsReader;
import io.postgresloader.model.Failure;
import io.postgresloader.sql.SqlFailures;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. Without a command it runs until it is stopped. */
@Command(
        name = "postgres-loader",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        description = "Keeps a PostgreSQL schema equal to an OpenDental MySQL/MariaDB database.",
        subcommands = {
            RunCommand.class,
            OnceCommand.class,
            AnalyzeCommand.class,
            PlanCommand.class,
            VerifyCommand.class,
            StatusCommand.class,
            HealthCommand.class,
            InitCommand.class,
            ReplayCommand.class,
            DemoCommand.class,
            BenchmarkCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:some table failed",
            "2:the configuration or the command line is wrong",
            "3:a database cannot be used"
        })
final class RootCommand implements Callable<Integer> {
    private static final String SETTINGS = "config/application.properties";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = SETTINGS,
            description = "Settings file (default: ${DEFAULT-VALUE}); the environment overrides it.")
    private Path file;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    static int execute(String[] args) {
        RootCommand root = new RootCommand();
        CommandLine line = new CommandLine(root)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, arguments) -> refuse(e))
                .setExecutionExceptionHandler((e, commandLine, result) -> report(e, commandLine.getErr()));
        line.getSubcommands().values().forEach(SettingsHelp::addTo);
        SettingsHelp.addTo(line);
        return line.execute(args);
    }

    /** Settings from the file and the environment. Only the file that is looked for by itself may be absent. */
    Configuration configuration() {
        if (!file.equals(Path.of(SETTINGS)) && Files.notExists(file)) {
            throw new ConfigurationException(List.of(new ConfigurationProblem(
                    file.toString(), 0, "file", "no such file", "create it, or let --config name another")));
        }
        Configuration configuration = SettingsReader.read(file, System.getenv());
        if (configuration.settings().jsonLog()) {
            LogFormat.json();
        }
        return configuration;
    }

    @Override
    public Integer call() {
        return spec.commandLine().execute("run", "--config", file.toString());
    }

    /** The whole help, settings and all, would push what is wrong out of sight. */
    private static int refuse(ParameterException e) {
        CommandLine line = e.getCommandLine();
        line.getErr().println(e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, line.getErr());
        line.getErr().println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.CONFIGURATION;
    }

    /** Our own exceptions speak for themselves; of any other only its kind is told, since texts may quote values. */
    private static int report(Exception e, PrintWriter err) {
        if (e instanceof ConfigurationException) {
            err.println(e.getMessage());
            return ExitCode.CONFIGURATION;
        }
        if (e instanceof UnreachableException) {
            err.println(e.getMessage());
            return ExitCode.UNREACHABLE;
        }
        Failure failure = SqlFailures.of(e);
        err.println("failed: " + failure);
        return ExitCode.FAILED;
    }
}
