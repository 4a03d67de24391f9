package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalSizeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // on a terminal, COLUMNS, LINES, the answer of stty, columns and lines
                "true |-  |- |24 80  |80 24",
                "true |132|- |24 80  |132 24",
                "true |-  |50|24 80  |80 50",
                "true |132|50|''     |132 50",
                "true |132|- |''     |-",
                "true |-  |- |0 0    |-",
                "true |wide|0|24 80  |80 24",
                "true |-  |- |no tty |-",
                "false|132|50|24 80  |-"
            })
    void theVariablesComeFirstAndAPipeHasNoSize(
            boolean terminal, String columns, String lines, String stty, String expected) {
        Map<String, String> environment = new HashMap<>();
        environment.put("COLUMNS", columns);
        environment.put("LINES", lines);

        Optional<TerminalSize> size = TerminalSize.of(terminal, environment, () -> stty);

        assertThat(size.map(found -> found.columns() + " " + found.lines())).isEqualTo(Optional.ofNullable(expected));
    }
}
