package io.postgresloader.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HorizonTest {
    private static final LocalDateTime UTC = LocalDateTime.parse("2026-11-23T10:00:00.5");
    private static final Horizon HORIZON = new Horizon(UTC, UTC.minusHours(7), Duration.ZERO, UTC.plusSeconds(3));

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:00:00.4, 2026-11-23T10:00:00.5, 2026-11-23T03:00:00.5",
        "2026-11-23T10:00:00.5, 2026-11-23T10:00:00.5, 2026-11-23T03:00:00.5",
        "2026-11-23T10:00:03.5, 2026-11-23T10:00:03.5, 2026-11-23T03:00:03.5",
        // A clock that was set back is another matter.
        "2026-11-23T10:00:03.6, 2026-11-23T10:00:00.5, 2026-11-23T03:00:00.5"
    })
    void aStepBackThatIsNothingButRoundingIsForgone(LocalDateTime earlier, LocalDateTime utc, LocalDateTime wallClock) {
        Horizon horizon = HORIZON.notBefore(earlier);

        assertThat(horizon).isEqualTo(new Horizon(utc, wallClock, Duration.ZERO, HORIZON.clock()));
    }
}
