package io.postgresloader.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.monitor.FigureBounds.Verdict;
import io.postgresloader.tracking.Monitoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FigureBoundsTest {
    private static final Path PAGE = Path.of("src/site/markdown/operating.md");

    @ParameterizedTest
    @CsvSource({
        "TRACKING_COVERAGE_PERCENT, 100, GOOD",
        "TRACKING_COVERAGE_PERCENT, 99.99, FAIR",
        "TRACKING_COVERAGE_PERCENT, 95, FAIR",
        "TRACKING_COVERAGE_PERCENT, 94.99, BAD",
        "INCREMENTAL_SUCCESS_RATE_PERCENT, 99, GOOD",
        "INCREMENTAL_SUCCESS_RATE_PERCENT, 95, FAIR",
        "INCREMENTAL_SUCCESS_RATE_PERCENT, 0, BAD",
        "DATA_CAPTURE_RATE_PERCENT, 99.9, GOOD",
        "DATA_CAPTURE_RATE_PERCENT, 99, FAIR",
        "DATA_CAPTURE_RATE_PERCENT, 65.7, BAD",
        "TIME_SAVED_PERCENT, 50, GOOD",
        "TIME_SAVED_PERCENT, 0, FAIR",
        "TIME_SAVED_PERCENT, -3, BAD",
        "DUPLICATE_KEY_ERROR_RATE_PERCENT, 0, GOOD",
        "DUPLICATE_KEY_ERROR_RATE_PERCENT, 1, FAIR",
        "DUPLICATE_KEY_ERROR_RATE_PERCENT, 1.01, BAD",
        "INTEGRITY_VIOLATIONS, 0, GOOD",
        "INTEGRITY_VIOLATIONS, 1, BAD",
        "INTEGRITY_VIOLATIONS, , UNKNOWN"
    })
    void eachFigureHasAWord(FigureBounds figure, Double value, Verdict verdict) {
        assertThat(figure.verdict(value == null ? OptionalDouble.empty() : OptionalDouble.of(value)))
                .isEqualTo(verdict);
    }

    @Test
    void theFiguresAreColumnsOfTheView() {
        assertThat(Monitoring.FIGURES)
                .containsAll(Stream.of(FigureBounds.values())
                        .map(FigureBounds::column)
                        .toList());
    }

    @Test
    void theWordsAreByColumn() {
        Map<String, OptionalDouble> figures = Map.of(
                "tracking_coverage_percent", OptionalDouble.of(100),
                "incremental_success_rate_percent", OptionalDouble.of(96),
                "data_capture_rate_percent", OptionalDouble.empty(),
                "time_saved_percent", OptionalDouble.of(-1),
                "duplicate_key_error_rate_percent", OptionalDouble.of(0),
                "integrity_violations", OptionalDouble.of(0));

        assertThat(FigureBounds.words(figures).values())
                .containsExactly("good", "fair", "unknown", "bad", "good", "good");
    }

    @ParameterizedTest
    @EnumSource(FigureBounds.class)
    void theManualHasTheBounds(FigureBounds figure) throws IOException {
        List<String> rows = Files.readString(PAGE)
                .lines()
                .dropWhile(line -> !line.startsWith("| figure | good"))
                .filter(line -> line.startsWith("| `" + figure.column() + "`"))
                .toList();
        String sign = figure.greaterIsBetter() ? "≥ " : "≤ ";

        assertThat(rows).singleElement().satisfies(row -> assertThat(row)
                .contains("| " + sign + number(figure.good()) + " | " + sign + number(figure.fair()) + " |"));
    }

    private static String number(double bound) {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
    }
}
