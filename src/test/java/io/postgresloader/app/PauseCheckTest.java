package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PauseCheckTest {
    @ParameterizedTest
    @CsvSource({
        "claim, false, 0, 1, 'paused, not loaded: claim; run resume to load them again, or accept them with"
                + " --allow-paused'",
        "claim, true, 0, 0, 'paused, not loaded: claim; accepted by --allow-paused'",
        "claim, true, 1, 1, 'paused, not loaded: claim; accepted by --allow-paused'",
        "fee, false, 0, 0, ''",
        "fee, false, 1, 1, ''"
    })
    void aSkippedTableIsReported(String table, boolean accepted, int before, int exitCode, String said) {
        PauseCheck check = new PauseCheck(
                name -> name.equals("claim") ? Optional.of(Instant.parse("2026-03-01T12:00:00Z")) : Optional.empty());
        LoadResult result = check.load(LoadRequest.due(table), request -> loaded(request.table()));
        StringWriter err = new StringWriter();

        assertThat(check.exitCode(before, accepted, new PrintWriter(err))).isEqualTo(exitCode);
        assertThat(err.toString().strip()).isEqualTo(said);
        assertThat(result.outcome())
                .isEqualTo(said.isEmpty() ? LoadResult.Outcome.SUCCESS : LoadResult.Outcome.SKIPPED);
        assertThat(result.reason()).isEqualTo(said.isEmpty() ? "due" : "paused since 2026-03-01T12:00:00Z");
    }

    private static LoadResult loaded(String table) {
        return new LoadResult(
                table, LoadResult.Outcome.SUCCESS, Optional.empty(), "due", Counts.NONE, 0, 0, Optional.empty());
    }
}
