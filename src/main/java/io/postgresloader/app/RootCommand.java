package io.postgresloader.app;

import io.postgresloader.config.Configuration;
import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.SettingsReader;
import io.postgresloader.sql.SqlFailures;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
            ReplayCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:some table failed",
            "2:the configuration or the command line is wrong",
            "3:a database cannot be used"
        })
final class RootCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RootCommand.class);

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

    private boolean jsonLog;

    /** @param mavenCommands the commands that need embedded database servers, or what stands for them in the jar */
    static int execute(String[] args, List<Callable<Integer>> mavenCommands) {
        RootCommand root = new RootCommand();
        CommandLine line = new CommandLine(root)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, arguments) -> refuse(e))
                .setExecutionExceptionHandler((e, commandLine, result) -> root.report(e, commandLine.getErr()));
        mavenCommands.forEach(line::addSubcommand);
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
        jsonLog = configuration.settings().jsonLog();
        if (jsonLog) {
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
    private int report(Exception e, PrintWriter err) {
        if (e instanceof ConfigurationException) {
            say(e.getMessage(), err);
            return ExitCode.CONFIGURATION;
        }
        if (e instanceof UnreachableException) {
            say(e.getMessage(), err);
            return ExitCode.UNREACHABLE;
        }
        say("failed: " + SqlFailures.of(e), err);
        return ExitCode.FAILED;
    }

    /** What ends the program is a line of the log as well where each line is to be an object. */
    private void say(String message, PrintWriter err) {
        if (jsonLog) {
            LOG.error(message);
        } else {
            err.println(message);
        }
    }
}
