package io.postgresloader.app;

import io.postgresloader.load.plan.PlanExplanation;
import io.postgresloader.load.plan.ReadAgain;
import io.postgresloader.model.SchemaVersion.LoadedColumn;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The text output of {@code plan}. */
final class PlanText {
    private static final String END = System.lineSeparator();

    private PlanText() {}

    static String of(List<PlanExplanation> plans) {
        StringBuilder text = new StringBuilder();
        for (PlanExplanation plan : plans) {
            text.append(text.isEmpty() ? "" : END);
            append(plan, text);
        }
        return text.toString();
    }

    private static void append(PlanExplanation plan, StringBuilder text) {
        String headline = plan.read()
                .map(read -> read.type() + ": " + read.reason())
                .orElseGet(() -> "cannot be loaded: " + plan.refusal().orElseThrow());
        text.append(plan.table()).append("  ").append(headline).append(END);
        plan.read().ifPresent(read -> append(read, text));
        lines("change", plan.changes(), text);
        lines("run first", plan.statements(), text);
        lines("note", plan.notes(), text);
        lines("excluded", plan.excludedColumns(), text);
        columns(plan.columns(), text);
    }

    private static void append(PlanExplanation.Read read, StringBuilder text) {
        lines("window", read.window().isEmpty() ? List.of("all rows") : read.window(), text);
        lines("again", read.readsAgain().stream().map(PlanText::again).toList(), text);
        lines(
                "rows",
                List.of(String.format(Locale.ROOT, "~%,d rows, ", read.estimatedRows())
                        + read.index().map(index -> "index " + index).orElse("full table scan")),
                text);
        read.warning().ifPresent(warning -> lines("warning", List.of(warning), text));
        lines("sql", List.of(read.sql()), text);
        if (!read.parameters().isEmpty()) {
            lines("parameters", List.of(read.parameters().toString()), text);
        }
    }

    private static String again(ReadAgain again) {
        String reasons = again.reasons().stream()
                .map(reason -> reason.why()
                        + reason.amount().map(amount -> " " + amount).orElse(""))
                .collect(Collectors.joining(", "));
        return again.column() + " from " + again.from()
                + again.loadedUpTo().map(upTo -> ", loaded up to " + upTo).orElse("") + ": " + reasons;
    }

    private static void columns(List<LoadedColumn> columns, StringBuilder text) {
        if (columns.isEmpty()) {
            return;
        }
        TextTable table = new TextTable("  column", "source", "target", "");
        for (LoadedColumn column : columns) {
            table.add("  " + column.name(), column.sourceType(), column.targetType(), notes(column));
        }
        text.append(table);
    }

    /** What is to be said of a column, beside its types. */
    static String notes(LoadedColumn column) {
        String ours = column.ours() ? "" : "existing type of the target, values are converted";
        return column.wallClock()
                .map(zone -> "local time (" + zone + ")" + (ours.isEmpty() ? "" : "; " + ours))
                .orElse(ours);
    }

    private static void lines(String label, List<String> lines, StringBuilder text) {
        for (String line : lines) {
            text.append(String.format(Locale.ROOT, "  %-10s  %s", label, line)).append(END);
        }
    }
}
