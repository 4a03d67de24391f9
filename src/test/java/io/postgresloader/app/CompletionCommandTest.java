package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script as bash runs it when somebody presses Tab behind the last word. */
class CompletionCommandTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    Path directory;

    @BeforeEach
    void needsBash() {
        assumeTrue(Files.isExecutable(BASH), "no " + BASH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ver                 | verify
                    verify --rep        | --repair
                    once --help         | --help --help-settings
                    status --format ''  | text json
                    plan --format j     | json
                    help comp           | completion
                    """)
    void completesCommandsOptionsAndValues(String line, String completed) throws Exception {
        Path script = Files.writeString(directory.resolve("completion"), script());
        Process bash = new ProcessBuilder(
                        BASH.toString(),
                        "-c",
                        "source " + script + "; COMP_WORDS=(postgres-loader " + line + ");"
                                + " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_postgres-loader;"
                                + " echo \"${COMPREPLY[*]}\"")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(completed + "\n");
    }

    private static String script() throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream listening = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            System.setOut(listening);
            RootCommand.execute(new String[] {"completion"}, MavenOnlyCommand.all());
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
