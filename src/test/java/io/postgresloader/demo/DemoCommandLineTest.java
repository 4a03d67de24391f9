package io.postgresloader.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.app.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoCommandLineTest {
    @ParameterizedTest
    @CsvSource({"demo, --twice", "benchmark, --runs many", "benchmark, --rows 1.5"})
    void aCommandLineThatIsWrongSaysWhatIsWrong(String command, String arguments) {
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine("demo".equals(command) ? new DemoCommand() : new BenchmarkCommand())
                .setErr(new PrintWriter(err));

        assertThat(line.execute(arguments.split(" "))).isEqualTo(ExitCode.CONFIGURATION);

        assertThat(err.toString()).contains("'" + arguments.replaceFirst(".* ", "") + "'");
    }
}
