package io.postgresloader.monitor.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.settings.NotifySettings;
import io.postgresloader.tracking.TableSights.Memory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {
    private static final NotifySettings.Digest SEVEN =
            new NotifySettings.Digest(LocalTime.of(7, 0), ZoneId.of("America/Chicago"));
    private static final Map<String, Long> LOADS = Map.of("loads", 40L, "failed", 1L, "inserted", 7L, "updated", 3L);
    private static final Instant NOW = Instant.parse("2026-03-01T13:00:00Z");

    /** Chicago is six hours behind UTC in winter, and five in summer, from 2026-03-08 on. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:59:59Z, 2026-02-28",
        "2026-03-01T13:00:00Z, 2026-03-01",
        "2026-03-02T05:00:00Z, 2026-03-01",
        "2026-03-08T11:59:59Z, 2026-03-07",
        "2026-03-08T12:00:00Z, 2026-03-08"
    })
    void itIsDueOnTheWallClockOfItsZone(Instant now, LocalDate day) {
        assertThat(Digest.day(SEVEN, now)).isEqualTo(day);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, false", "2026-02-28, true", "2026-03-01, false", "2026-02-01, true"})
    void aDayIsToldOnceAndTheFirstOneIsOnlyNoted(String last, boolean due) {
        assertThat(Digest.due(Optional.ofNullable(last), LocalDate.parse("2026-03-01")))
                .isEqualTo(due);
    }

    @Test
    void itNamesTheTablesThatNeedAttention() {
        Map<String, Memory> tables = new TreeMap<>(
                Map.of("a", memory(Map.of()), "b", memory(Map.of("failed", Instant.parse("2026-03-01T06:00:00Z")))));

        assertThat(Digest.of(tables, LOADS, false, NOW).text())
                .isEqualTo(
                        "1 of 2 tables need attention: b (failed since 2026-03-01T06:00:00Z). In the last 24 hours: 40"
                                + " loads, 1 of them failed; 7 rows inserted, 3 updated");
        assertThat(Digest.of(Map.of("a", memory(Map.of())), LOADS, true, NOW).title())
                .isEqualTo("the source does not answer; all 1 tables are well");
    }

    @Test
    void ofManyTablesItNamesTwenty() {
        Map<String, Memory> tables = new TreeMap<>();
        for (int i = 100; i < 125; i++) {
            tables.put("t" + i, memory(Map.of("stale", NOW)));
        }

        assertThat(Digest.of(tables, LOADS, false, NOW).text())
                .contains("t119 (stale", "; and 5 more. In")
                .doesNotContain("t120");
    }

    private static Memory memory(Map<String, Instant> troubles) {
        return Memory.ofTable(troubles, 0, 0, 0);
    }
}
