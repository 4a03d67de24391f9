package io.postgresloader.monitor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** From where on each of the six figures of {@code etl_monitoring} is good, and from where on it is bad. */
public enum FigureBounds {
    TRACKING_COVERAGE_PERCENT(100, 95),
    INCREMENTAL_SUCCESS_RATE_PERCENT(99, 95),
    DATA_CAPTURE_RATE_PERCENT(99.9, 99),
    TIME_SAVED_PERCENT(50, 0),
    DUPLICATE_KEY_ERROR_RATE_PERCENT(0, 1),
    INTEGRITY_VIOLATIONS(0, 0);

    private final double good;
    private final double fair;

    /** Greater figures are better, unless the bound of good is less than or equal to that of fair. */
    FigureBounds(double good, double fair) {
        this.good = good;
        this.fair = fair;
    }

    /** Whether a figure is good, in a word. */
    public enum Verdict {
        GOOD,
        FAIR,
        BAD,
        /** Nothing was counted yet. */
        UNKNOWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The column of the view. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The figure is good if it is this bound or better. */
    public double good() {
        return good;
    }

    /** The figure is fair if it is this bound or better, and not good; otherwise it is bad. */
    public double fair() {
        return fair;
    }

    public boolean greaterIsBetter() {
        return good > fair;
    }

    public Verdict verdict(OptionalDouble figure) {
        if (figure.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        if (reaches(figure.getAsDouble(), good)) {
            return Verdict.GOOD;
        }
        return reaches(figure.getAsDouble(), fair) ? Verdict.FAIR : Verdict.BAD;
    }

    private boolean reaches(double figure, double bound) {
        return greaterIsBetter() ? figure >= bound : figure <= bound;
    }

    /** The words of all six figures, by column of the view. */
    public static Map<String, String> words(Map<String, OptionalDouble> figures) {
        Map<String, String> words = new LinkedHashMap<>();
        for (FigureBounds figure : values()) {
            words.put(
                    figure.column(),
                    figure.verdict(figures.get(figure.column())).word());
        }
        return words;
    }
}
