package io.postgresloader.app;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.settings.Configuration;
import io.postgresloader.config.settings.SettingsReader;
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
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. Without a command it runs until it is stopped. */
@Command(
        name = "postgres-loader",
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        abbreviateSynopsis = true,
        sortOptions = false,
        description =
                "Copies MySQL or MariaDB tables to PostgreSQL and keeps them equal, without binlog or triggers, and"
                        + " proves it row by row. Without a command: run.",
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
            SchemaCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        descriptionHeading = "%n",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:some table failed", ExitCode.WRONG, ExitCode.UNUSABLE})
final class RootCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RootCommand.class);

    private static final String SETTINGS = "config/application.properties";

    /** Options of every command stand behind its own. */
    private static final int LAST = 1000;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            order = LAST,
            defaultValue = SETTINGS,
            description = {"Settings file; the environment overrides it.", "Default: ${DEFAULT-VALUE}"})
    private Path file;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = LAST + 1,
            description = "Show the help of this command and exit.")
    private boolean help;

    @Option(
            names = "--help-settings",
            scope = ScopeType.INHERIT,
            order = LAST + 2,
            description = "Show all settings and exit.")
    private boolean settingsHelp;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            scope = ScopeType.INHERIT,
            order = LAST + 3,
            description = "Show version, commit and Java, and exit.")
    private boolean version;

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
        line.setExecutionStrategy(root::run);
        ProgramHelp.describe(line);
        return line.execute(args);
    }

    private int run(ParseResult parsed) {
        if (!settingsHelp) {
            return new RunLast().execute(parsed);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(SettingsHelp.text(spec.commandLine()));
        out.flush();
        return ExitCode.DONE;
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

    /** The whole help would push what is wrong out of sight. */
    private static int refuse(ParameterException e) {
        CommandLine line = e.getCommandLine();
        line.getErr().println(e.getMessage());
        suggestions(e).printSuggestions(line.getErr());
        line.getErr().println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.CONFIGURATION;
    }

    /** What may have been meant, also by a command that help does not know. */
    private static UnmatchedArgumentException suggestions(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched;
        }
        boolean word = e.getArgSpec() == null && e.getValue() != null;
        return new UnmatchedArgumentException(e.getCommandLine(), word ? List.of(e.getValue()) : List.of());
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
