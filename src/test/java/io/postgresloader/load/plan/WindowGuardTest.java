package io.postgresloader.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.postgresloader.load.LoadFixtures;
import io.postgresloader.model.DateBounds;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.Watermarks;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowGuardTest {
    private static final LocalDateTime WATERMARK = LocalDateTime.parse("2026-11-23T10:00:00");
    private static final DateBounds OPEN = DateBounds.DEFAULT;

    @ParameterizedTest
    @CsvSource({
        // The lookback is five minutes: so far a clock may be corrected.
        "2026-11-23T10:00:01, DUE, true",
        "2026-11-23T09:55:00, DUE, true",
        "2026-11-23T09:54:59, DUE, false",
        "2026-11-23T09:54:59, REPLAY, false",
        // The load that the message asks for must not fail.
        "2026-11-23T09:54:59, FULL, true"
    })
    void aClockBelowTheWatermarkStopsWhatWouldGoOnFromIt(LocalDateTime clock, LoadRequest.Kind kind, boolean goesOn) {
        LoadFailedException refused = check(kind, OPEN, clock, clock, true);

        assertThat(refused == null).isEqualTo(goesOn);
        if (!goesOn) {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.SCHEMA);
            assertThat(refused)
                    .hasMessageContaining("the source's clock shows 2026-11-23T09:54:59 UTC, before the watermark"
                            + " 2026-11-23T10:00 UTC")
                    .hasMessageContaining("once t --full");
        }
    }

    @Test
    void aTableThatWasNeverLoadedHasNoWatermarkToBeBelow() {
        LocalDateTime longAgo = WATERMARK.minusYears(1);

        assertThat(check(LoadRequest.Kind.DUE, OPEN, longAgo, longAgo, false)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T23:59:59, 2026-11-23, true",
        "2026-11-24T00:00:00, 2026-11-23, false",
        "2026-11-24T00:00:00, 2030-12-31, true"
    })
    void aMaxDateThatIsPastStopsEveryLoad(LocalDateTime wallClock, LocalDate max, boolean goesOn) {
        DateBounds bounds = new DateBounds(LocalDate.of(2000, 1, 1), Optional.of(max));
        for (LoadRequest.Kind kind : LoadRequest.Kind.values()) {
            LoadFailedException refused = check(kind, bounds, WATERMARK.plusDays(2), wallClock, false);

            assertThat(refused == null).isEqualTo(goesOn);
            if (!goesOn) {
                assertThat(refused)
                        .hasMessageContaining(
                                "table t: max_date 2026-11-23 is past, the source's clock shows" + " 2026-11-24")
                        .hasMessageContaining("set a later max_date");
            }
        }
    }

    private static LoadFailedException check(
            LoadRequest.Kind kind, DateBounds bounds, LocalDateTime utc, LocalDateTime wallClock, boolean loaded) {
        Optional<Watermarks> watermarks =
                loaded ? Optional.of(new Watermarks(WATERMARK, Map.of(), List.of())) : Optional.empty();
        return catchThrowableOfType(
                LoadFailedException.class,
                () -> WindowGuard.check(
                        kind,
                        LoadFixtures.options(bounds),
                        LoadFixtures.state(watermarks, Map.of()),
                        new Horizon(utc, wallClock, Duration.ZERO, utc)));
    }
}
