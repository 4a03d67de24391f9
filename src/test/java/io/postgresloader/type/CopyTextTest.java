package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyTextTest {
    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "'', ''",
        "a\\\\tb, a\\tb",
        "\\\\, \\",
        "\\\\\\\\, \\\\",
        "\\\\N, \\N",
        // A character without an escape of its own means itself.
        "\\q, q"
    })
    void aCellIsReadBack(String cell, String value) {
        assertThat(CopyText.unescape(cell)).isEqualTo(value);
    }

    @Test
    void everyCharacterThatTextCanHaveIsReadBack() {
        StringBuilder all = new StringBuilder("\\N\\.\\x41 Приём 🦷");
        for (char c = 1; c < 256; c++) {
            all.append(c);
        }
        CopyBuffer buffer = new CopyBuffer();
        buffer.appendEscaped(all.toString().getBytes(StandardCharsets.UTF_8));
        String cell = new String(buffer.bytes(), 0, buffer.length(), StandardCharsets.UTF_8);

        assertThat(cell).doesNotContain("\n", "\t", "\r");
        assertThat(CopyText.unescape(cell)).isEqualTo(all.toString());
    }
}
