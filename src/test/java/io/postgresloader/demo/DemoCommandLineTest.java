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
    @CsvSource({
        "demo, --twice",
        "benchmark, --runs many",
        "benchmark, --scale half",
        "benchmark, --workload none",
        "benchmark, --source oracle",
        "benchmark, --engine aria",
        "benchmark, --contender cp"
    })
    void aCommandLineThatIsWrongSaysWhatIsWrong(String command, String arguments) {
        StringWriter err = new StringWriter();
        CommandLine line = line(command).setErr(new PrintWriter(err));

        assertThat(line.execute(arguments.split(" "))).isEqualTo(ExitCode.CONFIGURATION);

        assertThat(err.toString()).contains("'" + arguments.replaceFirst(".* ", "") + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "demo, --once, mvn -q compile exec:java",
        "benchmark, --scale, mvn -q compile exec:java -Dexec.args=\"benchmark --scale 0.1 --runs 1\""
    })
    void theHelpShowsTheOptionsOfTheCommandAndAnExample(String command, String option, String example) {
        String help = line(command).getUsageMessage();

        assertThat(help.lines().map(String::strip))
                .anyMatch(line -> line.startsWith(option))
                .contains(example);
    }

    private static CommandLine line(String command) {
        return new CommandLine("demo".equals(command) ? new DemoCommand() : new BenchmarkCommand());
    }
}
