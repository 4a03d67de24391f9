package io.postgresloader.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "1s, PT1S",
        "30s, PT30S",
        "5m, PT5M",
        "24h, P1D",
        "1d, P1D",
        "3650d, P3650D",
        "PT5M, PT5M",
        "pt5m, PT5M",
        "P1DT1H, PT25H",
        "PT0.5S, PT0.5S"
    })
    void lengthsOfTimeAreReadInBothForms(String text, Duration expected) {
        assertThat(Durations.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "m",
                "5M",
                "5 m",
                " 5m",
                "-5m",
                "5.5m",
                "1h30m",
                "5min",
                "0s",
                "PT0S",
                "PT-5M",
                "3651d",
                "999999999d",
                "9999999999d",
                "PT9999999999H",
                "P1Y",
                "∞",
                "٥m"
            })
    void anythingElseIsNone(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }
}
