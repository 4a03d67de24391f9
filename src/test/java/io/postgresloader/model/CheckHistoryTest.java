package io.postgresloader.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.CheckHistory.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckHistoryTest {
    private static final LocalDateTime CREATED = LocalDateTime.parse("2020-01-01T00:00:00");
    private static final LocalDateTime NIGHT = LocalDateTime.parse("2026-11-27T03:00:00");
    private static final Instant NIGHT_OF_LOADER = Instant.parse("2026-11-27T03:00:07Z");
    private static final Clocks MORNING =
            new Clocks(LocalDateTime.parse("2026-11-27T08:00:00"), Instant.parse("2026-11-27T08:00:07Z"));

    @ParameterizedTest
    @CsvSource({
        // What happened with a table of 1000 rows, its rows and next key before and after, whether rows may be lost.
        "OPTIMIZE,                          1000, 1001, 1000, 1001, false",
        "the same and 5 inserted,           1000, 1001, 1005, 1006, false",
        "the same and 5 inserted below,     1000, 1001, 1005, 1001, false",
        "REPAIR lost 30,                    1000, 1001,  970, 1001, true",
        "REPAIR lost 30 and 5 inserted,     1000, 1001,  975, 1006, true",
        "REPAIR lost 30 and 300 inserted,   1000, 1001, 1270, 1301, true",
        "the last rows lost,                1000, 1001,  970,  971, true",
        "5 deleted and OPTIMIZE,            1000, 1001,  995, 1001, true",
        "refilled with as many rows,        1000, 5001, 1000, 1001, false",
        "refilled with fewer rows,          1000, 1001,  990,  991, true",
        "refilled with more rows,           1000, 1001, 1200, 1201, false",
        "no AUTO_INCREMENT; OPTIMIZE,       1000,     , 1000,     , false",
        "no AUTO_INCREMENT; REPAIR,         1000,     ,  970,     , true",
        "no AUTO_INCREMENT; and inserted,   1000,     , 1270,     , true",
    })
    void aCheckIsSuspectUnlessEveryRowIsStillThere(
            String what, long rows, Long nextKey, long rowsAfter, Long nextKeyAfter, boolean suspect) {
        CheckHistory before = CheckHistory.ofNewTable(sighting(Optional.of(NIGHT.minusDays(1)), rows, nextKey));

        CheckHistory after = before.then(sighting(Optional.of(NIGHT), rowsAfter, nextKeyAfter), MORNING);

        assertThat(after.suspect()).isEqualTo(suspect ? Optional.of(NIGHT_OF_LOADER) : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"1000, 5000, false", "1200, 5000, false", "999, 1000, true"})
    void aTableThatWasFilledAgainIsSuspectIfItHasFewerRows(long rowsAfter, Long nextKeyAfter, boolean suspect) {
        CheckHistory before = CheckHistory.ofNewTable(sighting(Optional.of(NIGHT.minusDays(1)), 1000, 1001L));

        CheckHistory after =
                before.then(sighting(NIGHT.minusMinutes(1), Optional.of(NIGHT), rowsAfter, nextKeyAfter), MORNING);

        assertThat(after.suspect().isPresent()).isEqualTo(suspect);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, false", "PT1H, false", "PT1H1S, true"})
    void aTableThatAnotherLoaderFilledIsSuspectIfItWasCheckedLater(Duration afterCreation, boolean suspect) {
        LocalDateTime created = NIGHT.minus(afterCreation);

        assertThat(CheckHistory.ofFilledTable(sighting(created, Optional.of(NIGHT), 1000, 1001L), MORNING)
                        .suspect())
                .isEqualTo(suspect ? Optional.of(NIGHT_OF_LOADER) : Optional.empty());
    }

    @Test
    void deletesWithoutACheckAreNotSuspect() {
        CheckHistory before = CheckHistory.ofNewTable(sighting(Optional.of(NIGHT), 1000, null));

        assertThat(before.then(sighting(Optional.of(NIGHT), 10, null), MORNING).suspect())
                .isEmpty();
    }

    @Test
    void harmlessMaintenanceDoesNotClearAnEarlierSuspicion() {
        CheckHistory suspect = CheckHistory.ofFilledTable(sighting(Optional.of(NIGHT), 1000, null), MORNING);

        assertThat(suspect.then(sighting(Optional.of(NIGHT.plusHours(1)), 1000, null), MORNING)
                        .suspect())
                .contains(NIGHT_OF_LOADER);
        assertThat(suspect.then(sighting(Optional.empty(), 10, null), MORNING).suspect())
                .contains(NIGHT_OF_LOADER);
    }

    @Test
    void aTableThatWasNeverCheckedIsNotSuspect() {
        assertThat(CheckHistory.ofFilledTable(sighting(Optional.empty(), 1000, null), MORNING)
                        .suspect())
                .isEmpty();
    }

    private static TableSighting sighting(Optional<LocalDateTime> checked, long rows, Long nextKey) {
        return sighting(CREATED, checked, rows, nextKey);
    }

    private static TableSighting sighting(
            LocalDateTime created, Optional<LocalDateTime> checked, long rows, Long nextKey) {
        return new TableSighting(
                Optional.of(created), checked, rows, nextKey == null ? OptionalLong.empty() : OptionalLong.of(nextKey));
    }
}
