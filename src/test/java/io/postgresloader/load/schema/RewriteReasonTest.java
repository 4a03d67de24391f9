package io.postgresloader.load.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriteReasonTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = true,
            nullValues = "-",
            quoteCharacter = '"',
            value = {
                "true, 2025-01-01 15:17:05, 2025-01-01 08:17:05, CLOCK",
                "true, 2025-01-01 15:17:05.5, 2025-01-01 20:47:05.5, CLOCK",
                "true, 2025-01-01 15:17:05, 2025-01-01 15:17:06, -",
                "true, 2025-01-01 15:17:05, 2025-01-05 15:17:05, -",
                "true, 2025-01-01 15:17:05.500000, 2025-01-01 15:17:05.5, -",
                "true, 2025-01-01 15:17:05.123456, 2025-01-01 15:17:05, ROUNDED",
                "true, 2025-01-01 15:17:05.9, 2025-01-01 15:17:06, ROUNDED",
                "true, 0000-00-00 00:00:00, 2025-01-01 15:17:06, -",
                "false, 2025-01-01 15:00:00, 2025-01-01 15:30:00, -",
                "false, 5.13, 5.1, ROUNDED",
                "false, 5.15, 5.2, ROUNDED",
                "false, 5.10, 5.1, -",
                "false, 5.13, 5.3, -",
                "false, 5, 6, -",
                "false, 2, t, AS_BOOLEAN",
                "false, 3, 1, AS_BOOLEAN",
                "false, 1, t, -",
                "false, 0, f, -",
                "false, \"a \", a, TRIMMED",
                "false, \" a\", a, TRIMMED",
                "false, a, \"a \", -",
                "false, a, b, -",
                "false, \"\", \\N, EMPTY_AS_NULL",
                "false, a, \\N, -",
                "false, \\N, \\N, -"
            })
    void onlyWhatManyRowsHaveInCommonIsAReason(
            boolean timestamp, String source, String target, RewriteReason expected) {
        assertThat(RewriteReason.of(timestamp, source, target)).isEqualTo(Optional.ofNullable(expected));
    }
}
