package io.postgresloader.app;

import io.postgresloader.config.Configuration;
import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.SettingsReader;
import io.postgresloader.sql.SqlFailures;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

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
    private static final Logger LOG = LoggerFactory.getLogger(RootCommand.class);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = "config/application.properties",
            description = "Settings file (default: ${DEFAULT-VALUE}); the environment overrides it.")
    private Path file;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private boolean jsonLog;

    static int execute(String[] args) {
        RootCommand root = new RootCommand();
        CommandLine line = new CommandLine(root)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, commandLine, result) -> root.report(e, commandLine.getErr()));
        line.getSubcommands().values().forEach(SettingsHelp::addTo);
        SettingsHelp.addTo(line);
        return line.execute(args);
    }

    /** Settings from the file and the environment. */
    Configuration configuration() {
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
