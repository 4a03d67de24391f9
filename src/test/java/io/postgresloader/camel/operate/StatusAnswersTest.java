package io.postgresloader.camel.operate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusAnswersTest {
    private static final Set<String> ALLOWED = Set.of("state", "concern", "search", "sort", "page", "size");

    @ParameterizedTest
    @ValueSource(strings = {"state", "concern", "sort", "page", "size"})
    void aWrongValueIsRepeatedNoLongerThanAnyoneReads(String parameter) {
        assertThatThrownBy(() -> selection(parameter, "x".repeat(3_000)))
                .hasMessageStartingWith(parameter + ": found '" + "x".repeat(60) + "…'; expected ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "concern", "sort", "page", "size"})
    void aControlCharacterIsRepeatedAsItsEscape(String parameter) {
        assertThatThrownBy(() -> selection(parameter, "a\r\n\u001b[31m\u0000\u007f\u0085\u2028\u202eé"))
                .hasMessageStartingWith(parameter
                        + ": found 'a\\u000d\\u000a\\u001b[31m\\u0000\\u007f\\u0085\\u2028\\u202eé'; expected ");
    }

    @Test
    void aCharacterOfTwoUnitsIsNotCut() {
        assertThatThrownBy(() -> selection("state", "a" + "💩".repeat(100)))
                .hasMessageContaining("'a" + "💩".repeat(59) + "…'");
    }

    @Test
    void theNameOfAnUnknownParameterIsShortenedToo() {
        assertThatThrownBy(() -> selection("\u0007" + "y".repeat(100), ""))
                .hasMessageStartingWith("unknown parameter '\\u0007" + "y".repeat(59) + "…'; allowed: ");
    }

    private static Object selection(String parameter, String value) {
        String query = URLEncoder.encode(parameter, StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return StatusAnswers.selection(new QueryParameters(query, ALLOWED));
    }
}
