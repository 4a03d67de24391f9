package io.postgresloader.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Horizon;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockReadingTest {
    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-23T12:00:00");

    /**
     * Seconds: transaction (- where none can be seen), statement, lag (- where it does not follow), transactional; the
     * horizon of the last load.
     */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0,  0,  0,  true,  -,                   2026-11-23T12:00:00",
                "30, 0,  0,  true,  -,                   2026-11-23T11:59:30",
                "30, 40, 0,  true,  -,                   2026-11-23T11:59:20",
                // An open transaction holds back nothing that is written without one.
                "30, 0,  0,  false, -,                   2026-11-23T12:00:00",
                "30, 10, 0,  false, -,                   2026-11-23T11:59:50",
                "0,  0,  70, true,  -,                   2026-11-23T11:58:50",
                "30, 0,  60, true,  -,                   2026-11-23T11:58:30",
                // A replica that does not follow is no further than it was.
                "0,  0,  -,  true,  2026-11-23T11:00:00, 2026-11-23T11:00:00",
                "30, 0,  -,  true,  2026-11-23T11:00:00, 2026-11-23T11:00:00",
                "0,  0,  -,  true,  -,                   2016-11-25T12:00:00",
                // Nor is one whose open transactions cannot be seen, where there are any.
                "-,  0,  0,  true,  2026-11-23T11:00:00, 2026-11-23T11:00:00",
                "-,  0,  -,  true,  2026-11-23T11:00:00, 2026-11-23T11:00:00",
                "-,  0,  0,  true,  -,                   2016-11-25T12:00:00",
                "-,  10, 60, false, 2026-11-23T11:00:00, 2026-11-23T11:58:50",
                // The clock was set back, which is refused elsewhere.
                "0,  0,  -,  true,  2026-11-23T13:00:00, 2016-11-25T12:00:00"
            })
    void theHorizonIsWhatCannotBeWrittenBehindAnyMore(
            Long transaction, long statement, Long lag, boolean transactional, LocalDateTime last, LocalDateTime utc) {
        Horizon horizon = reading(transaction, statement, lag).horizon(transactional, Optional.ofNullable(last));

        assertThat(horizon).isEqualTo(new Horizon(utc, utc.minusHours(7), Duration.ofHours(1), NOON));
    }

    @Test
    void theWallClockIsNotMovedBack() {
        assertThat(reading(100L, 100, 100L).wallClock()).isEqualTo(NOON.minusHours(7));
    }

    private static ClockReading reading(Long transaction, long statement, Long lag) {
        return new ClockReading(
                NOON,
                Duration.ofHours(-7),
                Duration.ofHours(1),
                Optional.ofNullable(transaction).map(Duration::ofSeconds),
                Duration.ofSeconds(statement),
                true,
                Optional.ofNullable(lag).map(Duration::ofSeconds),
                new ServerIdentity("a", true),
                List.of());
    }
}
