package io.postgresloader.app.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "999, 999",
        "1000, 1.0 k",
        "12345, 12.3 k",
        "99999, 99.9 k",
        "123456, 123 k",
        "999999, 999 k",
        "1234567, 1.2 M",
        "3696927, 3.6 M",
        "9223372036854775807, 999 T",
    })
    void rowsAreShortAndNeverMoreThanTheyAre(long rows, String text) {
        assertThat(ProgressText.rows(rows)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0:00", "0, 0:00", "42, 0:42", "725, 12:05", "3607, 1:00:07", "359999, 99:59:59", "360000, ''"})
    void timesAreShort(long seconds, String text) {
        assertThat(ProgressText.time(Duration.ofSeconds(seconds))).isEqualTo(text);
    }
}
