package io.postgresloader.camel.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.model.TableOptions;
import io.postgresloader.tracking.FreshnessReport.Line;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
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
                false,
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

    private static final List<String> NAMES = List.of(
            "table",
            "loaded-up-to",
            "complete-up-to",
            "no-dead-letters",
            "tabl%65",
            "TABLE",
            "now",
            "",
            "%00",
            "a=b",
            "table[]");

    private static final List<String> PARTS = List.of(
            "claim",
            "a%20b",
            "a+b",
            "<script>alert(1)</script>",
            "%3Cimg%20src=x%20onerror=alert(1)%3E",
            "\"'; DROP TABLE claim; --",
            "2026-03-01T06:00:00Z",
            "2026-03-01T06:00:00%2B00:00",
            "%2B999999999-12-31T23:59:59-18:00",
            "-999999999-01-01T00:00:00%2B18:00",
            "2026-03-01T06:00:00Z[Europe/Nowhere]",
            "true",
            "now",
            "%",
            "%%%",
            "%2",
            "%zz",
            "%00%0d%0aSet-Cookie:x",
            "%C3%28%ED%A0%80",
            "%E2%80%AE\uD83E\uDDB7\uD800",
            "${7*7}#{1}{{x}}",
            "x".repeat(100_000),
            "");

    /** Why a load failed may name a key, and is for those who may log in. */
    @Test
    void anyQueryHasAnAnswerOfFewStatesWithoutWhatTheTargetHolds() {
        Line failed = new Line(
                "claim",
                Optional.of(Instant.parse("2026-03-01T05:00:00Z")),
                Optional.empty(),
                "failed",
                Optional.empty(),
                3,
                Optional.of("failed"),
                2,
                false,
                Optional.of("canary-of-a-load"),
                Optional.of("canary-of-a-comparison"));
        CompleteAnswers fuzzed = new CompleteAnswers(
                () -> Optional.of(Map.of("claim", failed, "secret", line("secret-table", 7))), () -> CATALOG);
        Random random = new Random(19);
        Map<Integer, Integer> seen = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            String query = query(random);
            Answer answer = fuzzed.answer(request(query));
            seen.merge(answer.status(), 1, Integer::sum);
            assertThat(answer.type()).isEqualTo("application/json");
            assertThat(text(answer))
                    .as(query.length() < 500 ? query : "a long query")
                    .doesNotContain("canary", "secret")
                    .hasSizeLessThan(2_000);
        }
        assertThat(seen.keySet()).as(seen.toString()).isSubsetOf(200, 400, 503).contains(400, 503);
    }

    /** Half of them begin with a time that is right. */
    private static String query(Random random) {
        List<String> parameters = new ArrayList<>();
        if (random.nextBoolean()) {
            parameters.add("loaded-up-to=2026-03-01T0" + random.nextInt(10) + ":00:00Z");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            String value = pick(PARTS, random) + (random.nextInt(5) == 0 ? pick(PARTS, random) : "");
            parameters.add(pick(NAMES, random) + (random.nextInt(9) == 0 ? "" : "=" + value));
        }
        return String.join(random.nextInt(20) == 0 ? "&&" : "&", parameters);
    }

    private static String pick(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
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
                false,
                Optional.empty(),
                Optional.empty());
    }
}
