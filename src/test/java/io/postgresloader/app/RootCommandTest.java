package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    @ValueSource(strings = {"", "run", "once", "status", "init", "replay", "demo", "benchmark"})
    void helpIsNoErrorAndListsTheSettings(String command) {
        assertThat(execute(command, "--help")).isEqualTo(ExitCode.DONE);

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: postgres-loader", "SOURCE_URL", "ROUTES_DIR");
        assertThat(err.size()).isZero();
    }

    @Test
    void helpListsTheExitCodes() {
        execute("--help");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("0 +done")
                .containsPattern("1 +some table failed")
                .containsPattern("2 +the configuration or the command line is wrong")
                .containsPattern("3 +a database cannot be used");
    }

    @Test
    void theVersionSaysWhoseItIs() {
        assertThat(execute("--version")).isEqualTo(ExitCode.DONE);

        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("postgres-loader ");
    }

    @ParameterizedTest
    @CsvSource({
        "load, 'load'",
        "--fulll, '--fulll'",
        "once --fulll, '--fulll'",
        "init patient, 'patient'",
        "once --config, '--config'"
    })
    void aCommandLineThatIsWrongSaysWhatIsWrong(String arguments, String named) {
        assertThat(execute(arguments.split(" "))).isEqualTo(ExitCode.CONFIGURATION);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains(named).endsWith(" --help\n");
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSizeLessThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"once --ful", "onc"})
    void aSlipOfThePenIsToldWithWhatMayHaveBeenMeant(String arguments) {
        execute(arguments.split(" "));

        assertThat(err.toString(StandardCharsets.UTF_8)).containsPattern("--full|Did you mean: .*once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "once", "status", "init", "replay"})
    void aConfigurationFileThatIsNotThereIsAMatterOfConfiguration(String command) {
        Path missing = directory.resolve("none.properties");

        assertThat(execute(command, "--config", missing.toString())).isEqualTo(ExitCode.CONFIGURATION);

        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith(missing + ": file: found no such file; create it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "once", "init", "replay"})
    void aTableListThatIsNotThereIsAMatterOfConfiguration(String command) throws Exception {
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

    private static int execute(String... arguments) {
        return RootCommand.execute(
                Arrays.stream(arguments).filter(a -> !a.isEmpty()).toArray(String[]::new), MavenOnlyCommand.all());
    }
}
