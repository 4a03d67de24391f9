package io.postgresloader.app;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.SystemCharset;
import io.postgresloader.config.settings.Configuration;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.settings.SettingsReader;
import io.postgresloader.model.Failure;
import io.postgresloader.sql.SqlFailures;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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

/** The command line. The default command is {@code run}. */
@Command(
        name = "postgres-loader",
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        abbreviateSynopsis = true,
        sortOptions = false,
        description =
                "Copies MySQL or MariaDB tables to PostgreSQL, keeps them up to date without binlog or triggers, and"
                        + " verifies them row by row. The default command is run.",
        subcommands = {
            RunCommand.class,
            OnceCommand.class,
            AnalyzeCommand.class,
            DbtCommand.class,
            PlanCommand.class,
            DoctorCommand.class,
            VerifyCommand.class,
            StatusCommand.class,
            WaitCommand.class,
            HealthCommand.class,
            InitCommand.class,
            ReplayCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            SchemaCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        descriptionHeading = "%n",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something needs an operator, and is named: a table failed, rows are dead letters or differ",
            ExitCode.WRONG,
            ExitCode.UNUSABLE,
            "4:timed out",
            ExitCode.STOPPED
        })
final class RootCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RootCommand.class);

    private static final String SETTINGS = "config/application.properties";

    /** The order of the common options: after the command's own. */
    private static final int LAST = 1000;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            order = LAST,
            defaultValue = SETTINGS,
            description = {"Settings file. Environment variables override it.", "Default: ${DEFAULT-VALUE}"})
    private Path file;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = LAST + 1,
            description = "Show this help and exit.")
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

    /** @param mavenCommands the commands that need embedded database servers, or their replacements in the jar */
    static int execute(String[] args, List<Callable<Integer>> mavenCommands) {
        RootCommand root = new RootCommand();
        CommandLine line = new CommandLine(root)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, arguments) -> reportUsageError(e))
                .setExecutionExceptionHandler((e, commandLine, result) -> root.report(e, commandLine.getErr()));
        mavenCommands.forEach(line::addSubcommand);
        line.setExecutionStrategy(root::run);
        line.setOut(new PrintWriter(System.out, true, SystemCharset.ofOutput("stdout")));
        line.setErr(new PrintWriter(System.err, true, SystemCharset.ofOutput("stderr")));
        ProgramHelp.describe(line);
        return readable(args, line.getErr()) ? line.execute(args) : ExitCode.CONFIGURATION;
    }

    /** Whether Java could read the bytes of the arguments. A table of another name would be reported as unknown. */
    private static boolean readable(String[] args, PrintWriter err) {
        SystemCharset charset = SystemCharset.ofArguments();
        List<ConfigurationProblem> problems = IntStream.range(0, args.length)
                .filter(i -> charset.lost(args[i]))
                .mapToObj(i -> new ConfigurationProblem(
                        "command line",
                        0,
                        "argument " + (i + 1),
                        charset.found("'" + args[i] + "'"),
                        SystemCharset.ALLOWED))
                .toList();
        problems.forEach(err::println);
        return problems.isEmpty();
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

    /** Reads the settings from the file and the environment. Only the default file may be missing. */
    Configuration configuration() {
        if (!file.equals(Path.of(SETTINGS)) && Files.notExists(file)) {
            throw new ConfigurationException(List.of(new ConfigurationProblem(
                    file.toString(), 0, "file", "no such file", "create it, or name another file with --config")));
        }
        Configuration configuration = SettingsReader.read(file, System.getenv());
        jsonLog = configuration.settings().jsonLog();
        if (jsonLog) {
            LogFormat.json();
        }
        return configuration;
    }

    /** The checks of {@code doctor}, with the files that this command's configuration is read from. */
    Checkup checkup(Settings settings) {
        return new Checkup(settings, file, System.getenv());
    }

    @Override
    public Integer call() {
        return spec.commandLine().execute("run", "--config", file.toString());
    }

    /** Prints the error without the full help, which would scroll it away. */
    private static int reportUsageError(ParameterException e) {
        CommandLine line = e.getCommandLine();
        line.getErr().println(e.getMessage());
        suggestions(e).printSuggestions(line.getErr());
        line.getErr().println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.CONFIGURATION;
    }

    /** Suggestions for a misspelled option or command, including an argument of {@code help}. */
    private static UnmatchedArgumentException suggestions(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched;
        }
        boolean word = e.getArgSpec() == null && e.getValue() != null;
        return new UnmatchedArgumentException(e.getCommandLine(), word ? List.of(e.getValue()) : List.of());
    }

    /**
     * Prints the messages of the loader's own exceptions. Of any other exception only the kind is printed, because its
     * message can quote values.
     */
    private int report(Exception e, PrintWriter err) {
        if (e instanceof ConfigurationException) {
            say(e.getMessage(), err);
            return ExitCode.CONFIGURATION;
        }
        if (e instanceof UnreachableException) {
            say(e.getMessage(), err);
            return ExitCode.UNREACHABLE;
        }
        Failure failure = SqlFailures.of(e);
        say("failed: " + failure, err);
        return SqlFailures.unusable(failure) ? ExitCode.UNREACHABLE : ExitCode.FAILED;
    }

    /** With JSON logging, the error that ends the program is a log entry too, so that every line is a JSON object. */
    private void say(String message, PrintWriter err) {
        if (jsonLog) {
            LOG.error(message);
        } else {
            err.println(message);
        }
    }
}
