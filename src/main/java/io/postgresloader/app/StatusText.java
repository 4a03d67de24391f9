package io.postgresloader.app;

import io.postgresloader.monitor.Concern;
import io.postgresloader.monitor.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Help.Ansi;

/** The output of {@code status}: one line per table, and the six figures. */
final class StatusText {
    private StatusText() {}

    static String of(List<Standing> standings, Map<String, OptionalDouble> figures, Ansi ansi) {
        TextTable table = new TextTable(
                "table",
                "state",
                "complete up to (UTC)",
                ">age",
                ">lag",
                ">rows",
                "load",
                ">dead letters",
                "compared (UTC)",
                "result",
                "reason");
        for (Standing standing : standings) {
            table.addStyled(
                    standing.concern().style(),
                    standing.line().table(),
                    standing.concern() == Concern.NOT_CONFIGURED
                            ? "not configured"
                            : standing.concern() == Concern.OVERDUE
                                    ? "overdue"
                                    : standing.line().state(),
                    time(standing.line().loadedUpTo()),
                    standing.age().map(StatusText::brief).orElse("-"),
                    standing.lag().map(StatusText::brief).orElse("-"),
                    String.valueOf(standing.line().rows()),
                    standing.line().type().orElse("-"),
                    String.valueOf(standing.line().openDeadLetters()),
                    time(standing.line().verified()),
                    standing.line().verifyResult().orElse("-"),
                    standing.line().message());
        }
        return table.toString(ansi) + System.lineSeparator() + figures(figures);
    }

    /** The fields are a stable interface. Times are in ISO 8601 and UTC, durations in seconds. */
    static Map<String, Object> json(List<Standing> standings, Map<String, OptionalDouble> figures) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tables", standings.stream().map(StatusText::json).toList());
        all.put("monitoring", figures);
        return all;
    }

    private static Map<String, Object> json(Standing standing) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("table", standing.line().table());
        fields.put("state", standing.line().state());
        fields.put("concern", standing.concern().word());
        fields.put("complete_up_to", standing.line().loadedUpTo());
        fields.put("age_seconds", standing.age().map(Duration::toSeconds));
        fields.put("lag_seconds", standing.lag().map(Duration::toSeconds));
        fields.put("rows", standing.line().rows());
        fields.put("load_type", standing.line().type());
        fields.put("dead_letters", standing.line().openDeadLetters());
        fields.put("verified_at", standing.line().verified());
        fields.put("verify_result", standing.line().verifyResult());
        fields.put("reason", standing.line().message());
        return fields;
    }

    private static String figures(Map<String, OptionalDouble> figures) {
        TextTable table = new TextTable("figure", ">value", "of");
        table.add(
                "tracking coverage",
                percent(figures, "tracking_coverage_percent"),
                parts(figures, "tracked_tables", "configured_tables", "tables"));
        table.add(
                "incremental success rate",
                percent(figures, "incremental_success_rate_percent"),
                parts(figures, "incremental_loads_succeeded", "incremental_loads", "loads"));
        table.add(
                "data capture rate",
                percent(figures, "data_capture_rate_percent"),
                count(figures, "rows_captured") + " rows captured, " + count(figures, "rows_not_captured")
                        + " found by comparisons");
        table.add(
                "time saved",
                percent(figures, "time_saved_percent"),
                count(figures, "time_saved_seconds") + " seconds");
        table.add(
                "duplicate key error rate",
                percent(figures, "duplicate_key_error_rate_percent"),
                parts(figures, "loads_with_duplicate_key", "loads", "loads") + ", "
                        + count(figures, "duplicate_key_dead_letters") + " dead letters");
        table.add("integrity violations", count(figures, "integrity_violations"), "");
        return table.toString();
    }

    private static String parts(Map<String, OptionalDouble> figures, String part, String whole, String what) {
        return count(figures, part) + " of " + count(figures, whole) + " " + what;
    }

    private static String percent(Map<String, OptionalDouble> figures, String name) {
        OptionalDouble figure = figures.get(name);
        return figure.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f%%", figure.getAsDouble());
    }

    private static String count(Map<String, OptionalDouble> figures, String name) {
        OptionalDouble figure = figures.get(name);
        return figure.isEmpty() ? "0" : String.format(Locale.ROOT, "%,.0f", figure.getAsDouble());
    }

    private static String time(Optional<Instant> time) {
        return time.map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""))
                .orElse("never");
    }

    /** The duration in its largest unit only: 45s, 12m, 3h, 9d. */
    static String brief(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
