package io.postgresloader.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
    @ParameterizedTest(name = "{0}-{1} at {2}: {3}")
    @CsvSource({
        "07:00, 19:00, 06:59, false",
        "07:00, 19:00, 07:00, true",
        "07:00, 19:00, 18:59, true",
        "07:00, 19:00, 19:00, false",
        "22:00, 06:00, 21:59, false",
        "22:00, 06:00, 23:00, true",
        "22:00, 06:00, 00:00, true",
        "22:00, 06:00, 06:00, false",
        "00:00, 00:00, 12:00, true"
    })
    void aPartOfTheDayMayPassMidnight(LocalTime from, LocalTime to, LocalTime time, boolean quiet) {
        assertThat(new QuietHours(from, to).contains(time)).isEqualTo(quiet);
    }
}
