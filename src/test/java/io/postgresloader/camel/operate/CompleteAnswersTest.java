package io.postgresloader.camel.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.model.TableOptions;
import io.postgresloader.tracking.FreshnessReport.Line;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompleteAnswersTest {
    private static final Catalog CATALOG = new Catalog(
            Path.of("tables.yml"),
            Map.of("claim", TableOptions.defaults("claim"), "a b", TableOptions.defaults("a b")),
            Map.of(),
            List.of());

    private final CompleteAnswers answers = new CompleteAnswers(
            () -> Optional.of(Map.of("claim", line("claim", 0), "a b", line("a b", 2))), () -> CATALOG);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|loaded-up-to=2026-03-01T06:00:00Z",
                "200|loaded-up-to=2026-03-01T06:00:00Z&table=claim&table=a%20b&no-dead-letters=false",
                "200|table=claim&loaded-up-to=2026-03-01T07:00:00%2B01:00&no-dead-letters=true",
                "200|table=claim&complete-up-to=2026-03-01T05:00:00Z",
                "503|loaded-up-to=2026-03-01T06:00:00.001Z",
                "503|loaded-up-to=2026-03-01T06:00:00Z&no-dead-letters=true",
                "503|complete-up-to=2026-03-01T05:00:01Z"
            })
    void theStatusSaysWhetherItHolds(int status, String query) {
        assertThat(answers.answer(request(query)).status()).isEqualTo(status);
    }

    @Test
    void theBodyNamesWhatIsMissing() {
        Answer answer = answers.answer(request("table=claim&complete-up-to=2026-03-01T06:00:00Z"));

        assertThat(answer.type()).isEqualTo("application/json");
        assertThat(text(answer).replaceAll("\\s+", " "))
                .contains(
                        "\"verdict\" : \"waiting\"", "\"goal\" : \"complete\"", "\"up_to\" : \"2026-03-01T06:00:00Z\"")
                .contains("{ \"table\" : \"claim\", \"verdict\" : \"waiting\", \"up_to\" : \"2026-03-01T05:00:00Z\","
                        + " \"needs_comparison\" : true, \"missing\" : \"complete up to 2026-03-01T05:00:00Z; a comparison"
                        + " is awaited\" }");
    }

    @Test
    void whyALoadFailedIsNotToldToEveryone() {
        Line failed = new Line(
                "claim",
                Optional.empty(),
                Optional.empty(),
                "failed",
                Optional.empty(),
                0,
                Optional.empty(),
                0,
                Optional.of("its reason"),
                Optional.empty());
        CompleteAnswers of = new CompleteAnswers(() -> Optional.of(Map.of("claim", failed)), () -> CATALOG);

        Answer answer = of.answer(request("table=claim&loaded-up-to=2026-03-01T06:00:00Z"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(text(answer))
                .contains("\"impossible\"", "its last load failed")
                .doesNotContain("its reason");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|give one of loaded-up-to and complete-up-to",
                "table=claim|give one of loaded-up-to and complete-up-to",
                "loaded-up-to=2026-03-01T06:00:00Z&complete-up-to=2026-03-01T06:00:00Z|give one of loaded-up-to and",
                "loaded-up-to=2026-03-01T06:00:00|loaded-up-to: found '2026-03-01T06:00:00', which has no zone; expected",
                "loaded-up-to=2026-03-01T06:00:00+00:00|(a + is written %2B in a query)",
                "loaded-up-to|loaded-up-to: found ''; expected a time",
                "complete-up-to=now|complete-up-to: found 'now', which is another time at each request",
                "loaded-up-to=%zz|loaded-up-to: found '%zz'; expected text in which %",
                "loaded-up-to=2026-03-01T06:00:00Z&loaded-up-to=2026-03-01T06:00:00Z|loaded-up-to: given 2 times",
                "loaded-up-to=2026-03-01T06:00:00Z&table=clam|table: 'clam' is not in the table list",
                "loaded-up-to=2026-03-01T06:00:00Z&no-dead-letters=1|no-dead-letters: found '1'; expected true or false",
                "loaded-up-to=2026-03-01T06:00:00Z&tables=claim|unknown parameter 'tables'; allowed: complete-up-to,"
            })
    void aWrongParameterIsNamed(String query, String message) {
        Answer answer = answers.answer(request(query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).contains(message);
    }

    @Test
    void withoutTheTargetNothingHolds() {
        Answer answer = new CompleteAnswers(Optional::empty, () -> CATALOG)
                .answer(request("loaded-up-to=2026-03-01T06:00:00Z"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(text(answer)).contains("\"unknown\"", "the target does not answer");
    }

    private static Request request(String query) {
        return new Request(Optional.empty(), query, Optional.empty());
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static Line line(String table, long deadLetters) {
        return new Line(
                table,
                Optional.of(Instant.parse("2026-03-01T06:00:00Z")),
                Optional.of(Instant.parse("2026-03-01T05:00:00Z")),
                "success",
                Optional.empty(),
                deadLetters,
                Optional.of("equal"),
                0,
                Optional.empty(),
                Optional.empty());
    }
}
