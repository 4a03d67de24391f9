package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.model.TableOptions;
import io.postgresloader.monitor.TableHealth;
import io.postgresloader.tracking.LoaderRecords;
import io.postgresloader.tracking.StatusReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusAttentionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** One table with the default schedule of five minutes. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "success, 10, 0, equal, 0, 0, -",
                "success, 10, 0, different, 0, 0, -",
                "pending, -, 0, -, 0, 0, -",
                "interrupted, 10, 0, -, 0, 0, -",
                "failed, 10, 0, -, 0, 1, failed: t",
                "success, 901, 0, -, 0, 1, without a success for three periods: t",
                "running, 901, 0, -, 0, 1, without a success for three periods: t",
                "failed, 901, 0, -, 0, 1, failed: t; without a success for three periods: t",
                "success, 10, 0, braked, 0, 1, stopped at the delete limit: t",
                "success, 10, 0, failed, 0, 1, comparison failed: t",
                "success, 10, 1, equal, 0, 1, 1 dead letter is open: t 1",
                "success, 10, 3, equal, 2, 1, 3 dead letters are open: t 3",
                "success, 10, 3, equal, 3, 0, '3 dead letters are open: t 3, accepted by --allow-dead-letters'",
                "paused, 901, 3, braked, 0, 0, paused: t"
            })
    void theExitCodeHasAReason(
            String state, Long age, long deadLetters, String compared, long allowed, int exitCode, String line) {
        StatusAttention attention =
                StatusAttention.of(health(line("t", state, age, deadLetters, compared)), List.of(), List.of(), allowed);
        assertThat(attention.line()).isEqualTo(Optional.ofNullable(line));
        assertThat(attention.needed()).isEqualTo(exitCode == 1);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, false, ''",
        "STOPPED, false, ''",
        "NOT_SEEN, true,"
                + " 'a loader was not seen since 2026-03-01T12:00:00 UTC: host db1, process 41, version 1.2.0'"
    })
    void aLoaderThatIsNotSeenIsNamed(LoaderRecords.State state, boolean needed, String line) {
        StatusAttention attention = StatusAttention.of(List.of(), List.of(loader(state)), List.of(), 0);
        assertThat(attention.needed()).isEqualTo(needed);
        assertThat(attention.line().orElse("")).isEqualTo(line);
    }

    @Test
    void manyTablesAreCounted() {
        StatusReport.Line[] lines = IntStream.range(0, 12)
                .mapToObj(i -> line("t" + i, "failed", 1L, 0, null))
                .toArray(StatusReport.Line[]::new);
        assertThat(StatusAttention.of(health(lines), List.of(), List.of(), 0)
                        .line()
                        .orElseThrow())
                .startsWith("failed: t0, t1, t10, t11, t2, ")
                .endsWith("t7 and 2 more tables");
    }

    @Test
    void aTableThatIsNotConfiguredIsNoReason() {
        List<TableHealth> former = TableHealth.of(
                List.of(line("former", "failed", 901L, 1, "braked")),
                Optional.of(new Catalog(Path.of("tables.yml"), Map.of(), Map.of(), List.of())),
                Map.of());
        assertThat(StatusAttention.of(former, List.of(), List.of(), 0))
                .isEqualTo(new StatusAttention(false, Optional.empty()));
    }

    private static LoaderRecords.Loader loader(LoaderRecords.State state) {
        return new LoaderRecords.Loader(
                new LoaderRecords.Process("id", "db1", 41, "1.2.0"), NOW, NOW, Optional.of(NOW), state);
    }

    private static List<TableHealth> health(StatusReport.Line... lines) {
        Map<String, TableOptions> options = new LinkedHashMap<>();
        for (StatusReport.Line line : lines) {
            options.put(line.table(), TableOptions.defaults(line.table()));
        }
        return TableHealth.of(
                List.of(lines),
                Optional.of(new Catalog(Path.of("tables.yml"), options, Map.of(), List.of())),
                Collections.emptyMap());
    }

    private static StatusReport.Line line(String table, String state, Long age, long deadLetters, String compared) {
        return new StatusReport.Line(
                table,
                state,
                state.equals("paused") ? Optional.of(NOW) : Optional.empty(),
                Optional.ofNullable(age).map(NOW::minusSeconds),
                Optional.empty(),
                0,
                Optional.empty(),
                deadLetters,
                Optional.empty(),
                Optional.ofNullable(compared),
                "",
                NOW);
    }
}
