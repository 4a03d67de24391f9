package io.postgresloader.load.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Column;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.ValuePolicies.Timestamps;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdoptionSurveyTest {
    private static final ZoneId DENVER = ZoneId.of("America/Denver");
    private static final String UTC = "2025-01-01 15:17:05";
    private static final String LOCAL = "2025-01-01 08:17:05";
    private static final String STALE = "2024-12-24 11:11:11";

    private static final Map<String, String> TYPES =
            Map.of("Id", "integer", "Ts", "timestamp without time zone", "Note", "text");

    private final SourceTable source = new SourceTable(
            "t",
            List.of(column("Id", "int"), column("Ts", "timestamp"), column("Note", "text")),
            List.of(),
            0,
            0,
            false);

    @ParameterizedTest
    @CsvSource({
        "1998, 0, 2, LOCAL, '1,998 of 2,000 sampled values of Ts are in local time (America/Denver)'",
        "3, 1990, 7, UTC, '1,990 of 2,000 sampled values of Ts are in UTC'",
        "1, 0, 0, LOCAL, 1 of 1 sampled values of Ts are in local time (America/Denver)"
    })
    void theClockOfMostValuesIsThatOfTheColumn(int local, int utc, int stale, Timestamps clock, String finding) {
        AdoptionSurvey survey = survey(rows(local, LOCAL, "n"), rows(utc, UTC, "n"), rows(stale, STALE, "n"));

        assertThat(survey.clocks(List.of("Ts"), DENVER)).isEqualTo(Map.of("Ts", clock));
        assertThat(survey.findings()).containsExactly(finding);
    }

    @Test
    void valuesThatAreOfNoClockShowNone() {
        AdoptionSurvey survey = survey(rows(50, STALE, "n"), rows(50, "\\N", "n"));
        assertThat(survey.clocks(List.of("Ts"), DENVER)).isEmpty();
        assertThat(survey.clocks(List.of("Ts"), ZoneId.of("UTC"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"100, 1900, false", "101, 1900, true", "101, 1919, false", "1000, 0, true"})
    void manyRowsAreNotRewrittenForOneReason(int trimmed, int equal, boolean stops) {
        AdoptionSurvey survey = survey(rows(trimmed, UTC, ""), rows(equal, UTC, "n"));
        survey.compare(Map.of(), TYPES);

        assertThat(survey.obstacle(5).isPresent()).isEqualTo(stops);
        survey.obstacle(5).ifPresent(obstacle -> assertThat(obstacle)
                .startsWith("table t: its adoption would rewrite ")
                .contains("the values of Note in the target are without the blanks at their ends; leave the"
                        + " column out with exclude_columns, or rewrite them with: once t --accept"));
        assertThat(survey.obstacle(100)).isEmpty();
    }

    /** Without the name of a zone, a small table would be rewritten in UTC. */
    @ParameterizedTest
    @CsvSource({"80, 0, true", "1, 0, true", "5, 95, false", "6, 94, true"})
    void anotherClockStopsASmallTableAsWell(int local, int utc, boolean stops) {
        AdoptionSurvey survey = survey(rows(local, LOCAL, "n"), rows(utc, UTC, "n"));
        survey.compare(Map.of(), TYPES);

        assertThat(survey.obstacle(5).isPresent()).isEqualTo(stops);
        survey.obstacle(5).ifPresent(obstacle -> assertThat(obstacle)
                .contains("the values of Ts in the target are in another time zone; set timestamps or"
                        + " SOURCE_TIME_ZONE to the clock that they show"));
    }

    /** Wide rows or many pages end a sample before it has its 2,000 rows. */
    @ParameterizedTest
    @CsvSource({"true, 20 of 200, false", "false, '1,000 of 10,000', true"})
    void aSampleOfFewRowsMayStandForMany(boolean whole, String rewritten, boolean stops) {
        SourceTable large = new SourceTable("t", source.columns(), List.of(), 10_000, 0, false);
        List<SampledRows.Pair> pairs = new ArrayList<>(rows(20, UTC, ""));
        pairs.addAll(rows(180, UTC, "n"));
        AdoptionSurvey survey = new AdoptionSurvey(large, new SampledRows(TYPES, pairs, 200, whole));
        survey.compare(Map.of(), TYPES);

        assertThat(survey.obstacle(5).isPresent()).isEqualTo(stops);
        survey.obstacle(5).ifPresent(obstacle -> assertThat(obstacle).contains("rewrite " + rewritten + " rows"));
    }

    @ParameterizedTest
    @CsvSource({
        "200, 100, 5, false",
        "201, 100, 5, true",
        "401, 200, 60, false",
        "2000, 0, 5, true",
        "2000, 0, 100, false"
    })
    void keysThatTheSourceDoesNotHaveStopTheAdoption(int sampled, int pairs, int maxRewrite, boolean stops) {
        AdoptionSurvey survey =
                new AdoptionSurvey(source, new SampledRows(TYPES, rows(pairs, UTC, "n"), sampled, true));

        assertThat(survey.obstacle(maxRewrite).isPresent()).isEqualTo(stops);
        survey.obstacle(maxRewrite).ifPresent(obstacle -> assertThat(obstacle)
                .contains("sampled rows of the target have keys that the source does not have; check that source.url"));
    }

    @Test
    void staleRowsStopNothing() {
        AdoptionSurvey survey = survey(rows(2_000, STALE, "another"));
        survey.compare(Map.of("Ts", DENVER), TYPES);
        assertThat(survey.obstacle(5)).isEqualTo(Optional.empty());
    }

    /** A FLOAT is read as a double; PostgreSQL prints a {@code real} with as few digits as it needs. */
    @ParameterizedTest
    @CsvSource({
        "float, real, real, 0.10000000149011612, 0.1, false",
        "float, real, real, 0.10000000149011612, 0.2, false",
        "float, double precision, double precision, 0.10000000149011612, 0.1, true",
        "double, real, double precision, 0.10000000149011612, 0.1, true",
        "double, double precision, double precision, 1500000000000000000, 1.5e+18, false",
        "double, numeric, numeric, 0.126, 0.13, true"
    })
    void equalNumbersArePrintedInMoreThanOneForm(
            String declared, String actual, String wanted, String inSource, String inTarget, boolean stops) {
        SourceTable numbers = new SourceTable("t", List.of(column("Fee", declared)), List.of(), 0, 0, false);
        List<SampledRows.Pair> pairs =
                Collections.nCopies(200, new SampledRows.Pair(List.of(inSource), List.of(inTarget)));
        AdoptionSurvey survey = new AdoptionSurvey(numbers, new SampledRows(Map.of("Fee", actual), pairs, 200, true));
        survey.compare(Map.of(), Map.of("Fee", wanted));
        assertThat(survey.obstacle(5).isPresent()).isEqualTo(stops);
    }

    @SafeVarargs
    private AdoptionSurvey survey(List<SampledRows.Pair>... rows) {
        List<SampledRows.Pair> pairs = new ArrayList<>();
        for (List<SampledRows.Pair> some : rows) {
            pairs.addAll(some);
        }
        return new AdoptionSurvey(source, new SampledRows(TYPES, pairs, pairs.size(), true));
    }

    private static List<SampledRows.Pair> rows(int count, String time, String note) {
        List<SampledRows.Pair> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new SampledRows.Pair(List.of("1", UTC, note.isEmpty() ? " " : "n"), List.of("1", time, note)));
        }
        return rows;
    }

    private static Column column(String name, String type) {
        return new Column(
                name,
                type,
                type,
                true,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }
}
