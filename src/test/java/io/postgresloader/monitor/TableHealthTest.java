package io.postgresloader.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.TableOptions;
import io.postgresloader.tracking.StatusReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableHealthTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "failed, 10, 3, braked, FAILED, false",
        "paused, 901, 3, braked, PAUSED, false",
        "success, 10, 3, braked, DIFFERS, true",
        "success, 10, 0, failed, DIFFERS, true",
        "success, 10, 0, different, DIFFERS, false",
        "success, 10, 3, equal, DEAD_LETTERS, false",
        "success, 901, 0, equal, OVERDUE, false",
        "running, 901, 0, repaired, OVERDUE, false",
        "success, 900, 0, equal, NONE, false",
        "pending, , 0, , PENDING, false"
    })
    void theMostSevereStateCounts(
            String state,
            Long ageSeconds,
            long deadLetters,
            String verified,
            Severity severity,
            boolean comparisonFailed) {
        StatusReport.Line line = line("claim", state, ageSeconds, deadLetters, verified);
        TableHealth health = TableHealth.of(List.of(line), Optional.of(catalog("claim")), Map.of())
                .get(0);
        assertThat(health.severity()).isEqualTo(severity);
        assertThat(health.comparisonFailed()).isEqualTo(comparisonFailed);
    }

    @ParameterizedTest
    @CsvSource({"901, 3, equal, true", "901, 0, different, true", "900, 3, equal, false", ", 3, equal, false"})
    void overdueIsIndependentOfTheSeverity(Long ageSeconds, long deadLetters, String verified, boolean overdue) {
        StatusReport.Line line = line("claim", "success", ageSeconds, deadLetters, verified);
        assertThat(TableHealth.of(List.of(line), Optional.of(catalog("claim")), Map.of()))
                .singleElement()
                .matches(health -> health.overdue() == overdue);
    }

    @Test
    void theMostSevereComesFirstThenTheGreatestLag() {
        List<StatusReport.Line> lines = List.of(
                line("behind", "success", 60L, 0, null),
                line("current", "success", 60L, 0, null),
                line("failed", "failed", 60L, 0, null),
                line("former", "success", 60L, 0, null),
                line("pending", "pending", null, 0, null));
        Map<String, SourceState> source =
                Map.of("behind", changed("2026-03-01T11:59:59"), "current", changed("2026-02-01T00:00:00"));
        List<TableHealth> tables = TableHealth.of(
                lines, Optional.of(catalog("behind", "current", "failed", "pending", "unheard")), source);

        assertThat(tables.stream().map(health -> health.line().table()))
                .containsExactly("failed", "unheard", "pending", "behind", "current", "former");
        assertThat(tables.get(3).lag()).contains(Duration.ofSeconds(59));
        assertThat(tables.get(4).lag()).contains(Duration.ZERO);
        assertThat(tables.get(0).lag()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // up to when the table is complete, the newest change; age of the newest loaded change, longest wait
                "60, 3600, 3600, 0",
                "60, 60,   60,   0",
                "60, 59,   60,   60",
                "60, 0,    60,   60",
                "60, -,    -,    60",
                "-,  3600, -,    -",
                "-,  -,    -,    -"
            })
    void aChangeWaitsOnlyIfItIsNewerThanWhatIsLoaded(Long complete, Long changed, Long newest, Long waiting) {
        Map<String, SourceState> source = changed == null
                ? Map.of()
                : Map.of(
                        "claim",
                        changed(NOW.minusSeconds(changed)
                                .atZone(ZoneOffset.UTC)
                                .toLocalDateTime()
                                .toString()));

        TableHealth health = TableHealth.of(
                        List.of(line("claim", "success", complete, 0, null)), Optional.of(catalog("claim")), source)
                .get(0);

        assertThat(health.newestChange().map(Duration::toSeconds)).isEqualTo(Optional.ofNullable(newest));
        assertThat(health.waiting().map(Duration::toSeconds)).isEqualTo(Optional.ofNullable(waiting));
    }

    @Test
    void withoutATableListNoTableIsOverdue() {
        List<TableHealth> tables =
                TableHealth.of(List.of(line("claim", "success", 9_999_999L, 0, null)), Optional.empty(), Map.of());
        assertThat(tables).singleElement().satisfies(health -> assertThat(health.severity())
                .isEqualTo(Severity.NONE));
    }

    private static StatusReport.Line line(
            String table, String state, Long ageSeconds, long deadLetters, String verified) {
        return new StatusReport.Line(
                table,
                state,
                state.equals("paused") ? Optional.of(NOW) : Optional.empty(),
                Optional.ofNullable(ageSeconds).map(NOW::minusSeconds),
                Optional.empty(),
                0,
                Optional.empty(),
                deadLetters,
                Optional.empty(),
                Optional.ofNullable(verified),
                "",
                NOW);
    }

    private static SourceState changed(String time) {
        return new SourceState(Optional.of(LocalDateTime.parse(time)), Optional.empty(), false);
    }

    private static Catalog catalog(String... tables) {
        Map<String, TableOptions> options = new LinkedHashMap<>();
        List.of(tables).forEach(table -> options.put(table, TableOptions.defaults(table)));
        return new Catalog(Path.of("tables.yml"), options, Map.of(), List.of());
    }
}
