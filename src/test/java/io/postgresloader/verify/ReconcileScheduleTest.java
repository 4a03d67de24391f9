package io.postgresloader.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.tracking.ReconcileRecords.ReconcileState;
import io.postgresloader.verify.ReconcileSchedule.Due;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconcileScheduleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final LocalTime NOON = LocalTime.NOON;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}, compared {1} min ago in {2} s, called for: {3} -> {4}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{}                                          |1439|1 |-      |-",
                "{}                                          |1440|1 |-      |once every 24 h",
                "{reconcile: 90s}                            |2   |1 |-      |once every 90 s",
                "{reconcile: 30m}                            |30  |1 |-      |once every 30 min",
                "{reconcile: off}                            |5000|1 |changed|-",
                "{}                                          |2   |0 |changed|-",
                "{}                                          |3   |0 |changed|changed",
                "{schedule: 1h}                              |29  |0 |changed|-",
                "{}                                          |9   |6 |changed|-",
                "{}                                          |10  |6 |changed|changed",
                "{quiet_hours: 07:00-19:00}                  |5000|1 |changed|-",
                "{quiet_hours: 19:00-07:00}                  |5000|1 |changed|changed",
                "{quiet_hours: 19:00-07:00, reconcile: 1h}   |60  |1 |-      |once every 1 h"
            })
    void aTableIsDue(String options, long minutesAgo, double seconds, String called, String due) throws IOException {
        ReconcileState state = new ReconcileState(
                "visit",
                NOW.minus(Duration.ofDays(100)),
                Optional.of(NOW.minus(Duration.ofMinutes(minutesAgo))),
                seconds,
                Optional.ofNullable(called));

        assertThat(due("visit: " + options, List.of(state), NOW))
                .isEqualTo(due == null ? List.of() : List.of(new Due("visit", due)));
    }

    @Test
    void firstComparisonsAreSpreadOverThePeriod() throws IOException {
        List<String> tables =
                IntStream.range(0, 400).mapToObj(i -> "table" + i * 7919).toList();
        List<ReconcileState> states = tables.stream()
                .map(table -> new ReconcileState(table, NOW, Optional.empty(), 0, Optional.empty()))
                .toList();
        String yaml = String.join(":\n", tables) + ":\n";

        for (int hour = 1; hour < 24; hour++) {
            int due = due(yaml, states, NOW.plus(Duration.ofHours(hour))).size();
            assertThat(due).as("after " + hour + " h").isBetween(400 * (hour - 3) / 24, 400 * (hour + 3) / 24);
        }
        assertThat(due(yaml, states, NOW.plus(Duration.ofHours(24)))).hasSize(400);
    }

    @Test
    void aTableThatIsNoLongerConfiguredIsNeverDue() throws IOException {
        ReconcileState former = new ReconcileState(
                "former", NOW.minus(Duration.ofDays(9)), Optional.empty(), 0, Optional.of("changed"));

        assertThat(due("visit:", List.of(former), NOW)).isEmpty();
    }

    private List<Due> due(String yaml, List<ReconcileState> states, Instant now) throws IOException {
        Catalog catalog = CatalogReader.read(Files.writeString(directory.resolve("tables.yml"), yaml));
        return new ReconcileSchedule(catalog).due(states, now, () -> NOON);
    }
}
