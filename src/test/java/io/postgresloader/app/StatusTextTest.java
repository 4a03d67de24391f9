package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTextTest {
    @ParameterizedTest
    @CsvSource({"0, 0s", "59, 59s", "60, 1m", "3599, 59m", "3600, 1h", "86399, 23h", "86400, 1d", "999999, 11d"})
    void timesAreShownInTheirGreatestUnit(long seconds, String text) {
        assertThat(StatusText.brief(Duration.ofSeconds(seconds))).isEqualTo(text);
    }
}
