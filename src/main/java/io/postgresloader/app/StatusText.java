package io.postgresloader.app;

import io.postgresloader.model.DeadLetters;
import io.postgresloader.monitor.Severity;
import io.postgresloader.monitor.TableHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import picocli.CommandLine.Help.Ansi;

/** The output of {@code status}: one line per table, and the six figures. */
final class StatusText {
    private static final Set<String> NO_DIFFERENCE = Set.of("equal", "repaired");

    private StatusText() {}

    static String of(List<TableHealth> tables, Map<String, OptionalDouble> figures, Ansi ansi) {
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
        for (TableHealth health : tables) {
            table.addStyled(
                    health.severity().style(),
                    health.line().table(),
                    health.severity() == Severity.NOT_CONFIGURED
                            ? "not configured"
                            : health.severity() == Severity.OVERDUE
                                    ? "overdue"
                                    : health.line().state(),
                    time(health.line().loadedUpTo()),
                    health.age().map(StatusText::brief).orElse("-"),
                    health.lag().map(StatusText::brief).orElse("-"),
                    String.valueOf(health.line().rows()),
                    health.line().type().orElse("-"),
                    String.valueOf(health.line().openDeadLetters()),
                    time(health.line().verified()),
                    result(health),
                    health.line().message());
        }
        return table.toString(ansi) + System.lineSeparator() + figures(figures);
    }

    /** A comparison that was equal but for dead letters is not called equal while they are open. */
    private static String result(TableHealth health) {
        return health.line()
                .verifyResult()
                .map(word -> NO_DIFFERENCE.contains(word)
                        ? DeadLetters.with(word, health.line().openDeadLetters())
                        : word)
                .orElse("-");
    }

    /** The fields are a stable interface. Times are in ISO 8601 and UTC, durations in seconds. */
    static Map<String, Object> json(List<TableHealth> tables, Map<String, OptionalDouble> figures) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tables", tables.stream().map(StatusText::json).toList());
        all.put("monitoring", figures);
        return all;
    }

    private static Map<String, Object> json(TableHealth health) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("table", health.line().table());
        fields.put("state", health.line().state());
        fields.put("concern", health.severity().word());
        fields.put("complete_up_to", health.line().loadedUpTo());
        fields.put("age_seconds", health.age().map(Duration::toSeconds));
        fields.put("lag_seconds", health.lag().map(Duration::toSeconds));
        fields.put("rows", health.line().rows());
        fields.put("load_type", health.line().type());
        fields.put("dead_letters", health.line().openDeadLetters());
        fields.put("verified_at", health.line().verified());
        fields.put("verify_result", health.line().verifyResult());
        fields.put("reason", health.line().message());
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
