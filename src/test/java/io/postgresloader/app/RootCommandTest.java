package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.settings.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Exit codes and messages that need no database. */
class RootCommandTest {
    private final PrintStream outBefore = System.out;
    private final PrintStream errBefore = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @BeforeEach
    void listens() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopsListening() {
        System.setOut(outBefore);
        System.setErr(errBefore);
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void helpOfACommandShowsItsOptions(String command) {
        assertThat(execute(command, "--help")).isEqualTo(ExitCode.DONE);

        assertThat(out())
                .startsWith(("Usage: postgres-loader " + command).strip() + " [OPTIONS]")
                .containsOnlyOnce("      --help-settings ")
                .containsPattern("\nExit codes:\n  [012] ")
                .containsPattern("\n(Examples?|First steps|Run in the project directory):\n  ")
                .doesNotContain("SOURCE_URL", "ROUTES_DIR");
        assertThat(out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(err.size()).isZero();
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void theSettingsAreListedOnRequest(String command) {
        assertThat(execute(command, "--help-settings")).isEqualTo(ExitCode.DONE);

        assertThat(out())
                .startsWith("Settings ")
                .contains("SOURCE_URL", "ROUTES_DIR")
                .doesNotContain("Usage:");
        assertThat(Setting.values()).allSatisfy(setting -> assertThat(out()).contains("  " + setting.variable() + " "));
        assertThat(err.size()).isZero();
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void helpWithACommandPrintsTheSame(String command) {
        execute(command, "--help");
        String help = out();
        out.reset();

        assertThat(execute("help", command)).isEqualTo(ExitCode.DONE);

        assertThat(out()).isEqualTo(help);
    }

    @Test
    void helpListsEachCommandOnceInItsGroup() {
        execute("help");

        List<String> listed = out().lines()
                .takeWhile(line -> !line.equals("Options:"))
                .filter(line -> line.startsWith("  "))
                .map(line -> line.strip().split(" ")[0])
                .toList();
        assertThat(listed).hasSameElementsAs(commands()).doesNotHaveDuplicates().startsWith("run", "once");
    }

    @Test
    void helpListsTheExitCodes() {
        execute("--help");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("0 +done")
                .containsPattern("1 +something needs an operator")
                .containsPattern("2 +the configuration or the command line is invalid")
                .containsPattern("3 +a database cannot be used")
                .containsPattern("4 +timed out")
                .containsPattern("143 +stopped by SIGTERM");
    }

    @Test
    void theVersionNamesTheProgram() {
        assertThat(execute("--version")).isEqualTo(ExitCode.DONE);

        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("postgres-loader ");
    }

    @Test
    void thePrintedSchemaIsThatOfTheProject() throws IOException {
        assertThat(execute("schema")).isEqualTo(ExitCode.DONE);

        assertThat(out()).isEqualTo(Files.readString(Path.of("config", "tables.schema.json")));
    }

    @ParameterizedTest
    @CsvSource({
        "load, 'load'",
        "--fulll, '--fulll'",
        "once --fulll, '--fulll'",
        "init patient, 'patient'",
        "once --config, '--config'",
        "once --allow-dead-letters=abc, --allow-dead-letters: found abc; expected 0 to",
        "help load, 'load'",
        "dbt patient, 'name the directory of the files with --output DIR'",
        "schema patient, 'patient'"
    })
    void aWrongCommandLineFailsWithTheReason(String arguments, String named) {
        assertThat(execute(arguments.split(" "))).isEqualTo(ExitCode.CONFIGURATION);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains(named).endsWith(" --help\n");
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSizeLessThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"once --ful", "onc", "help onc"})
    void aTypingErrorIsReportedWithSuggestions(String arguments) {
        execute(arguments.split(" "));

        assertThat(err.toString(StandardCharsets.UTF_8)).containsPattern("--full|Did you mean: .*once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "once", "status", "init", "replay"})
    void aMissingConfigurationFileIsAConfigurationError(String command) {
        Path missing = directory.resolve("none.properties");

        assertThat(execute(command, "--config", missing.toString())).isEqualTo(ExitCode.CONFIGURATION);

        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith(missing + ": file: no such file; create it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "once", "init", "replay"})
    void aMissingTableListIsAConfigurationError(String command) throws Exception {
        Path settings = Files.writeString(
                directory.resolve("application.properties"),
                String.join(
                        "\n",
                        "source.url=jdbc:mysql://127.0.0.1:1/opendental",
                        "source.user=x",
                        "target.url=jdbc:postgresql://127.0.0.1:1/warehouse",
                        "target.user=x",
                        "tables.file=" + directory.resolve("none.yml")));

        assertThat(execute(command, "--config", settings.toString())).isEqualTo(ExitCode.CONFIGURATION);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("none.yml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pause|name the tables, or use --all",
                "resume|name the tables, or use --all",
                "pause --all claim|--all cannot be combined with names of tables",
                "pause clam|command line: TABLE: 'clam' is not in the table list; did you mean claim?",
                "resume xyz|command line: TABLE: 'xyz' is not in the table list; use a table of "
            })
    void pausingNeedsTablesOfTheList(String arguments, String message) throws Exception {
        Path tables = Files.writeString(directory.resolve("tables.yml"), "claim:\nfee:\n");
        Path settings = Files.writeString(
                directory.resolve("application.properties"),
                String.join(
                        "\n",
                        "source.url=jdbc:mysql://127.0.0.1:1/opendental",
                        "source.user=x",
                        "target.url=jdbc:postgresql://127.0.0.1:1/warehouse",
                        "target.user=x",
                        "tables.file=" + tables));

        assertThat(execute((arguments + " --config " + settings).split(" "))).isEqualTo(ExitCode.CONFIGURATION);

        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait|give one of --loaded-up-to and --complete-up-to, with a time or now",
                "wait claim|give one of --loaded-up-to and --complete-up-to, with a time or now",
                "wait --loaded-up-to now --complete-up-to now|give one of --loaded-up-to and --complete-up-to",
                "wait --loaded-up-to 2026-03-01T06:00:00|--loaded-up-to: found '2026-03-01T06:00:00', which has no zone;",
                "wait --complete-up-to soon|--complete-up-to: found 'soon'; expected a time with its zone or offset",
                "wait --complete-up-to|Missing required parameter for option '--complete-up-to'",
                "wait --loaded-up-to now --timeout 0s|--timeout: found '0s'; expected a duration of more than zero",
                "wait --loaded-up-to now --timeout soon|--timeout: found 'soon'; expected a duration",
                "wait --loaded-up-to now --timeout|Missing required parameter for option '--timeout'",
                "wait --loaded-up-to now --no-dead-letters=5|Invalid value for option '--no-dead-letters'",
                "wait --loaded-up-to now --load=soon|Invalid value for option '--load'",
                "wait --loaded-up-to now --looad|Unknown option: '--looad'",
                "wait --loaded-up-to now clam|command line: TABLE: 'clam' is not in the table list; did you mean claim?"
            })
    void waitingNeedsATimeWithAZone(String arguments, String message) throws Exception {
        Path tables = Files.writeString(directory.resolve("tables.yml"), "claim:\nfee:\n");
        Path settings = Files.writeString(
                directory.resolve("application.properties"),
                String.join(
                        "\n",
                        "source.url=jdbc:mysql://127.0.0.1:1/opendental",
                        "source.user=x",
                        "target.url=jdbc:postgresql://127.0.0.1:1/warehouse",
                        "target.user=x",
                        "tables.file=" + tables));

        assertThat(execute(("--config " + settings + " " + arguments).split(" ")))
                .isEqualTo(ExitCode.CONFIGURATION);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--output DIR --merge --check|--check writes nothing: it cannot be combined with --merge",
                "--output DIR --dbt-version 1.7|--dbt-version: found 1.7; expected a version from 1.8 on, such as 1.10",
                "--output DIR --source-name=|--source-name: found an empty name; expected a name, such as raw",
                "--output DIR clam|command line: TABLE: 'clam' is not in the table list; did you mean claim?",
                "--output DIR/none|DIR/none/sources.yml: --output: the directory DIR/none does not exist; create it"
            })
    void aWrongArgumentOfDbtIsNamed(String arguments, String message) throws Exception {
        Path tables = Files.writeString(directory.resolve("tables.yml"), "claim:\nfee:\n");
        Path settings = Files.writeString(
                directory.resolve("application.properties"),
                String.join(
                        "\n",
                        "source.url=jdbc:mysql://127.0.0.1:1/opendental",
                        "source.user=x",
                        "target.url=jdbc:postgresql://127.0.0.1:1/warehouse",
                        "target.user=x",
                        "tables.file=" + tables));
        String all = "dbt --config " + settings + " " + arguments.replace("DIR", directory.toString());

        assertThat(execute(all.split(" "))).isEqualTo(ExitCode.CONFIGURATION);

        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith(message.replace("DIR", directory.toString()));
        assertThat(directory.resolve("sources.yml")).doesNotExist();
    }

    private static List<String> commands() {
        CommandLine program = new CommandLine(new RootCommand());
        MavenOnlyCommand.all().forEach(program::addSubcommand);
        return new ArrayList<>(program.getSubcommands().keySet());
    }

    /** The program without a command, too. */
    static List<String> everyCommand() {
        List<String> commands = commands();
        commands.add("");
        return commands;
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int execute(String... arguments) {
        return RootCommand.execute(
                Arrays.stream(arguments).filter(a -> !a.isEmpty()).toArray(String[]::new), MavenOnlyCommand.all());
    }
}
