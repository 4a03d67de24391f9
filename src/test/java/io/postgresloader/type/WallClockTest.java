package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WallClockTest {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    @ParameterizedTest
    @CsvSource({
        "America/Denver, 2025-01-01 15:17:05, 2025-01-01 08:17:05",
        "America/Denver, 2025-07-01 05:17:05.123456, 2025-06-30 23:17:05.123456",
        "America/Denver, 2025-03-09 08:59:59.9, 2025-03-09 01:59:59.9",
        "America/Denver, 2025-03-09 09:00:00.0, 2025-03-09 03:00:00.0",
        "America/Denver, 2025-11-02 07:59:59, 2025-11-02 01:59:59",
        "America/Denver, 2025-11-02 08:00:00, 2025-11-02 01:00:00",
        "America/Denver, 2025-11-02 08:59:59, 2025-11-02 01:59:59",
        "America/Denver, 2025-11-02 09:00:00, 2025-11-02 02:00:00",
        "America/Denver, 1970-01-01 00:00:01, 1969-12-31 17:00:01",
        "Asia/Kolkata, 2024-02-28 18:29:59, 2024-02-28 23:59:59",
        "Asia/Kolkata, 2024-02-28 18:30:00, 2024-02-29 00:00:00",
        "Pacific/Kiritimati, 2038-01-19 03:14:07, 2038-01-19 17:14:07",
        "-03:30, 2025-01-01 00:00:00, 2024-12-31 20:30:00",
        "UTC, 2025-01-01 00:00:00, 2025-01-01 00:00:00",
        "America/Denver, 0000-00-00 00:00:00, 0000-00-00 00:00:00",
        "America/Denver, soon, soon"
    })
    void anInstantIsShownAsTheZonesWallClock(String zone, String utc, String local) {
        assertThat(convert(new WallClock(ZoneId.of(zone)), utc)).isEqualTo(local);
    }

    /** The interval of the value before is remembered, so that values must be converted in any order. */
    @ParameterizedTest
    @ValueSource(strings = {"America/Denver", "Asia/Kolkata", "Africa/Casablanca", "Australia/Lord_Howe"})
    void valuesAreConvertedInAnyOrder(String name) {
        ZoneId zone = ZoneId.of(name);
        WallClock clock = new WallClock(zone);
        LocalDateTime start = LocalDateTime.of(2020, 1, 1, 0, 0);
        for (int i = 0; i < 20_000; i++) {
            LocalDateTime utc = start.plus(Duration.ofMinutes(30L * (i * 7919L % 100_000)));
            assertThat(convert(clock, utc.format(TEXT)))
                    .isEqualTo(utc.atOffset(ZoneOffset.UTC)
                            .atZoneSameInstant(zone)
                            .toLocalDateTime()
                            .format(TEXT));
        }
    }

    @Test
    void theValueItselfIsNotChanged() {
        byte[] utc = "2025-01-01 15:17:05".getBytes(StandardCharsets.US_ASCII);
        new WallClock(ZoneId.of("Asia/Kolkata")).fromUtc(utc);
        assertThat(new String(utc, StandardCharsets.US_ASCII)).isEqualTo("2025-01-01 15:17:05");
    }

    private static String convert(WallClock clock, String utc) {
        return new String(clock.fromUtc(utc.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII);
    }
}
