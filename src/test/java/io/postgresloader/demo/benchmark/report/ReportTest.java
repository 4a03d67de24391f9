package io.postgresloader.demo.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.measure.Quantity;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Results results = new Results();

    @BeforeEach
    void threeRounds() {
        // The machine was slow in the second round: the ratio to the floor of that round is as good as the others.
        round(10, 4, 8);
        round(40, 5, 30);
        round(12, 4.5, 10);
        results.note("30 of 30 found");
        results.note("30 of 30 found");
    }

    @Test
    void aRatioIsTheMedianOfTheRatiosToTheFloorOfTheSameRound() {
        Figure loader = results.figures().get(1);

        assertThat(loader.ratios(Quantity.SECONDS)).containsExactly(1.25, 40 / 30.0, 1.2);
        assertThat(loader.ratio(Quantity.SECONDS)).hasValue(1.25);
        assertThat(loader.median().value(Quantity.SECONDS)).hasValue(12);
    }

    @Test
    void markdownHasALineForEachFigure() {
        assertThat(MarkdownReport.lines(report()))
                .containsExactly(
                        "Measured at 2026-11-27T10:00:00Z, medians of 3 rounds.",
                        "",
                        "- scale: 1.0",
                        "",
                        "| engine | work | program | seconds | seconds from, to | of the floor | backend of the floor"
                                + " | source CPU s | backend CPU s | background CPU s | loader CPU s | loader MiB"
                                + " | source calls | source statements | target commits | WAL MiB |",
                        "|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
                        "| MyISAM | first load | floor | 10.00 | 8.00 to 30.00 | 1.00 | - | - | - | - | - | - | - | - | -"
                                + " | - |",
                        "| MyISAM | first load | loader | 12.00 | 10.00 to 40.00 | 1.25 | - | - | - | - | 4.50 | - | -"
                                + " | - | - | - |",
                        "",
                        "- 30 of 30 found");
    }

    @Test
    void aPipeInANameDoesNotEndItsCell() {
        results.add(new Figure.Name("MyISAM", "first load", "a | b"), 10, new Cost(Map.of()), new Cost(Map.of()));

        assertThat(MarkdownReport.lines(report()))
                .anyMatch(line -> line.startsWith("| MyISAM | first load | a \\| b |"));
    }

    @Test
    void theConsoleShowsTheSameFigures() {
        assertThat(ConsoleReport.text(report()).lines())
                .hasSize(4)
                .anyMatch(line -> line.matches("MyISAM +first load +loader +12.00 +1.25 .*"))
                .contains("30 of 30 found");
    }

    @Test
    void jsonHasEachRound() throws Exception {
        JsonNode loader = new ObjectMapper()
                .readTree(JsonReport.text(report()))
                .path("figures")
                .get(1);

        assertThat(loader.path("program").asText()).isEqualTo("loader");
        assertThat(loader.path("rows").asLong()).isEqualTo(7);
        assertThat(loader.path("of_the_floor").asDouble()).isEqualTo(1.25);
        assertThat(loader.path("by_round").findValuesAsText("seconds")).containsExactly("10.0", "40.0", "12.0");
        assertThat(loader.path("median").path("loader_cpu_seconds").asDouble()).isEqualTo(4.5);
    }

    private void round(double seconds, double cpu, double floor) {
        Cost ofFloor = new Cost(Map.of(Quantity.SECONDS, floor));
        Cost ofLoader = new Cost(Map.of(Quantity.SECONDS, seconds, Quantity.LOADER_CPU, cpu));
        results.add(new Figure.Name("MyISAM", "first load", "floor"), 7, ofFloor, ofFloor);
        results.add(new Figure.Name("MyISAM", "first load", "loader"), 7, ofLoader, ofFloor);
    }

    private Report report() {
        return new Report(
                Instant.parse("2026-11-27T10:00:00Z"), Map.of("scale", "1.0"), 3, results.figures(), results.notes());
    }
}
