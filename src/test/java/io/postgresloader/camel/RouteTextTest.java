package io.postgresloader.camel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTextTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "securitylog|securitylog",
                "lab_result-2|lab_result-2",
                "../a|%2E%2E%2Fa",
                " a  b|%20a%20%20b",
                "a\\b|a%5Cb",
                "{{x}}|%7B%7Bx%7D%7D",
                "*|%2A",
                "a+b,(c)|a%2Bb%2C%28c%29",
                "té|t%C3%A9"
            })
    void anyNameSurvivesAsARouteParameter(String text, String encoded) {
        assertThat(RouteText.encode(text)).isEqualTo(encoded);
        assertThat(RouteText.decode(encoded)).isEqualTo(text);
    }
}
