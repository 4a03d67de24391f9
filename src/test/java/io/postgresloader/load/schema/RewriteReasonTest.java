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
                "timestamp, timestamp without time zone, 2025-01-01 15:17:05, 2025-01-01 08:17:05, CLOCK",
                "timestamp, timestamp without time zone, 2025-01-01 15:17:05.5, 2025-01-01 20:47:05.5, CLOCK",
                "timestamp, timestamp without time zone, 2025-01-01 15:17:05, 2025-01-01 15:17:06, -",
                "timestamp, timestamp without time zone, 2025-01-01 15:17:05, 2025-01-05 15:17:05, -",
                "timestamp, timestamp without time zone, 2025-01-01 15:17:05.500000, 2025-01-01 15:17:05.5, -",
                "timestamp, timestamp without time zone, 2025-01-01 15:17:05.123456, 2025-01-01 15:17:05, ROUNDED",
                "timestamp, timestamp without time zone, 2025-01-01 15:17:05.9, 2025-01-01 15:17:06, ROUNDED",
                "timestamp, timestamp without time zone, 0000-00-00 00:00:00, 2025-01-01 15:17:06, -",
                "datetime, timestamp without time zone, 2025-01-01 15:00:00, 2025-01-01 15:30:00, SHIFTED",
                "datetime, timestamp without time zone, 2025-01-01 15:00:00, 2025-01-01 15:10:00, -",
                "datetime, timestamp with time zone, 2025-01-01 15:17:05, 2025-01-01 22:17:05+00, INSTANT",
                "timestamp, timestamp with time zone, 2025-01-01 15:17:05, 2025-01-01 08:17:05+00, INSTANT",
                "timestamp, timestamp(3) with time zone, 2025-01-01 15:17:05.5, 2025-01-01 08:17:05.5+00, INSTANT",
                "timestamp, timestamp with time zone, 2025-01-01 15:17:05.500000, 2025-01-01 15:17:05.5+00, -",
                "varchar, text, 2025-01-01 15:00:00, 2025-01-01 15:30:00, -",
                "double, numeric, 5.13, 5.1, ROUNDED",
                "double, numeric, 5.15, 5.2, ROUNDED",
                "double, numeric, 5.10, 5.1, -",
                "double, numeric, 5.13, 5.3, -",
                "double, numeric, 5, 6, -",
                "double, numeric, 2, t, AS_BOOLEAN",
                "double, numeric, 3, 1, AS_BOOLEAN",
                "double, numeric, 1, t, -",
                "double, numeric, 0, f, -",
                "varchar, text, \"a \", a, TRIMMED",
                "varchar, text, \" a\", a, TRIMMED",
                "varchar, text, a, \"a \", -",
                "varchar, text, a, b, -",
                "varchar, text, \"\", \\N, EMPTY_AS_NULL",
                "varchar, text, a, \\N, -",
                "varchar, text, \\N, \\N, -"
            })
    void onlyWhatManyRowsHaveInCommonIsAReason(
            String sourceType, String targetType, String source, String target, RewriteReason expected) {
        assertThat(RewriteReason.of(sourceType, targetType, source, target)).isEqualTo(Optional.ofNullable(expected));
    }
}
