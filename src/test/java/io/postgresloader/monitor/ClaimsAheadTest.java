package io.postgresloader.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.tracking.FreshnessReport.Line;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimsAheadTest {
    private static final Instant CLOCK = Instant.parse("2026-03-01T12:00:00Z");

    /** Each time is claimed when the source's clock is read, and later. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-01T11:00:00Z, 2026-03-01T11:00:00Z, true",
        "2026-03-01T12:00:02Z, 2026-03-01T12:00:02Z, true",
        "2026-03-01T13:00:00Z, 2026-03-01T13:00:00Z, false",
        "2026-03-01T13:00:00Z, 2026-03-01T12:00:09Z, true",
        "2026-03-01T11:00:00Z, 2026-03-01T13:00:00Z, true"
    })
    void aTimeThatTheClockHasNotReachedIsLeftOut(Instant first, Instant later, boolean stays) {
        ClaimsAhead ahead = ClaimsAhead.of(Map.of("claim", line("claim", first, CLOCK)), CLOCK);

        Map<String, Line> lines =
                ahead.leftOut(Map.of("claim", line("claim", later, CLOCK), "payment", line("payment", first, CLOCK)));

        assertThat(lines.get("claim").loadedUpTo()).isEqualTo(Optional.of(later).filter(time -> stays));
        assertThat(lines.get("claim").completeUpTo()).contains(CLOCK);
        assertThat(lines.get("payment").loadedUpTo()).contains(first);
    }

    private static Line line(String table, Instant loaded, Instant complete) {
        return new Line(
                table,
                Optional.of(loaded),
                Optional.of(complete),
                "success",
                Optional.empty(),
                0,
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                Optional.empty());
    }
}
