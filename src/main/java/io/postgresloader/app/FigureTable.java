package io.postgresloader.app;

import static io.postgresloader.monitor.FigureBounds.DATA_CAPTURE_RATE_PERCENT;
import static io.postgresloader.monitor.FigureBounds.DUPLICATE_KEY_ERROR_RATE_PERCENT;
import static io.postgresloader.monitor.FigureBounds.INCREMENTAL_SUCCESS_RATE_PERCENT;
import static io.postgresloader.monitor.FigureBounds.INTEGRITY_VIOLATIONS;
import static io.postgresloader.monitor.FigureBounds.TIME_SAVED_PERCENT;
import static io.postgresloader.monitor.FigureBounds.TRACKING_COVERAGE_PERCENT;

import io.postgresloader.monitor.FigureBounds;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The six figures of {@code etl_monitoring}, each with a word that says whether it is good. */
final class FigureTable {
    private final Map<String, OptionalDouble> figures;
    private final TextTable table = new TextTable("figure", ">value", "", "of");

    private FigureTable(Map<String, OptionalDouble> figures) {
        this.figures = figures;
    }

    static String of(Map<String, OptionalDouble> figures) {
        FigureTable all = new FigureTable(figures);
        all.add(
                "tracking coverage",
                TRACKING_COVERAGE_PERCENT,
                all.parts("tracked_tables", "configured_tables", "tables"));
        all.add(
                "incremental success rate",
                INCREMENTAL_SUCCESS_RATE_PERCENT,
                all.parts("incremental_loads_succeeded", "incremental_loads", "loads"));
        all.add(
                "data capture rate",
                DATA_CAPTURE_RATE_PERCENT,
                all.count("rows_captured") + " rows captured, " + all.count("rows_not_captured")
                        + " found by comparisons");
        all.add("time saved", TIME_SAVED_PERCENT, all.count("time_saved_seconds") + " seconds");
        all.add(
                "duplicate key error rate",
                DUPLICATE_KEY_ERROR_RATE_PERCENT,
                all.parts("loads_with_duplicate_key", "loads", "loads") + ", " + all.count("duplicate_key_dead_letters")
                        + " dead letters");
        all.table.add("integrity violations", all.count("integrity_violations"), all.word(INTEGRITY_VIOLATIONS), "");
        return all.table.toString();
    }

    private void add(String name, FigureBounds figure, String of) {
        table.add(name, percent(figure.column()), word(figure), of);
    }

    private String word(FigureBounds figure) {
        return figure.verdict(figures.get(figure.column())).word();
    }

    private String parts(String part, String whole, String what) {
        return count(part) + " of " + count(whole) + " " + what;
    }

    private String percent(String name) {
        OptionalDouble figure = figures.get(name);
        return figure.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f%%", figure.getAsDouble());
    }

    private String count(String name) {
        OptionalDouble figure = figures.get(name);
        return figure.isEmpty() ? "0" : String.format(Locale.ROOT, "%,.0f", figure.getAsDouble());
    }
}
