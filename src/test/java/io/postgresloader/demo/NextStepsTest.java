package io.postgresloader.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NextStepsTest {
    private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

    static {
        VARIABLES.put("SOURCE_URL", "jdbc:mysql://127.0.0.1:34469/opendental");
        VARIABLES.put("SOURCE_USER", "loader");
        VARIABLES.put("SOURCE_PASSWORD", "demo");
        VARIABLES.put("TARGET_URL", "jdbc:postgresql://127.0.0.1:37125/opendental_analytics");
        VARIABLES.put("TARGET_USER", "postgres");
        VARIABLES.put("MANAGEMENT_PORT", "37909");
    }

    private static final List<String> LINES =
            NextSteps.of(Path.of("target/demo/source.sh"), Path.of("target/demo/target.sh"), VARIABLES);

    @Test
    void variablesShareLinesInTheirOrder() {
        assertThat(LINES)
                .filteredOn(line -> line.startsWith("  export"))
                .containsExactly(
                        "  export SOURCE_URL=jdbc:mysql://127.0.0.1:34469/opendental SOURCE_USER=loader",
                        "  export SOURCE_PASSWORD=demo",
                        "  export TARGET_URL=jdbc:postgresql://127.0.0.1:37125/opendental_analytics",
                        "  export TARGET_USER=postgres MANAGEMENT_PORT=37909");
    }

    @Test
    void aLineThatIsTooLongStaysWhole() {
        String url = "jdbc:mysql://127.0.0.1:3306/" + "o".repeat(80);

        assertThat(NextSteps.of(Path.of("s"), Path.of("t"), Map.of("SOURCE_URL", url)))
                .containsSequence("and show the loader's status:", "  export SOURCE_URL=" + url);
    }

    @Test
    void everyLineFitsATerminalAndAllOfThemAScreen() {
        assertThat(LINES).allMatch(line -> line.length() <= 80).hasSizeLessThan(22);
    }

    @Test
    void bothClientsAreNamedAndOneChangeOfEachKind() {
        assertThat(LINES)
                .contains("  target/demo/source.sh", "  target/demo/target.sh")
                .anyMatch(line -> line.matches("  UPDATE patient .*; +-- change a row"))
                .anyMatch(line -> line.matches("  UPDATE commlog .*; +-- make a dead letter"))
                .anyMatch(line -> line.matches("  ALTER TABLE allergy .*; +-- drop a column"));
    }
}
