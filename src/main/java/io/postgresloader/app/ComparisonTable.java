package io.postgresloader.app;

import io.postgresloader.model.DeadLetters;
import io.postgresloader.verify.Comparison;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The text output of {@code verify}: one line per table, and the totals. */
final class ComparisonTable {
    private ComparisonTable() {}

    /** @param open how many dead letters of each table are open */
    static String of(List<Comparison> comparisons, Map<String, Long> open) {
        TextTable table = new TextTable(
                "table",
                "result",
                ">equal",
                ">missing",
                ">different",
                ">extra",
                ">dead letters",
                ">seconds",
                ">rows/s",
                "reason");
        Comparison sum = comparisons.stream().reduce(ComparisonTable::plus).orElseThrow();
        comparisons.forEach(comparison -> table.add(cells(
                comparison.table(),
                result(comparison, open),
                comparison,
                comparison.failure().orElse(""))));
        table.add(cells("all " + comparisons.size(), "", sum, ""));
        return table.toString();
    }

    /** Field names are part of the command's output format. */
    static List<Map<String, Object>> json(List<Comparison> comparisons, Map<String, Long> open) {
        return comparisons.stream().map(comparison -> json(comparison, open)).toList();
    }

    private static Map<String, Object> json(Comparison comparison, Map<String, Long> open) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("table", comparison.table());
        fields.put("result", result(comparison, open));
        fields.put("equal", comparison.equal());
        fields.put("missing", comparison.missing());
        fields.put("different", comparison.different());
        fields.put("extra", comparison.extra());
        fields.put("quarantined", comparison.deadLettered());
        fields.put("open_dead_letters", open(comparison, open));
        fields.put("seconds", comparison.seconds());
        fields.put("failure", comparison.failure());
        return fields;
    }

    private static String result(Comparison comparison, Map<String, Long> open) {
        if (comparison.failure().isPresent()) {
            return "failed";
        }
        return DeadLetters.with(comparison.proven() ? "equal" : "differs", open(comparison, open));
    }

    /** Open dead letters count even if the comparison found their rows equal: nobody has closed them. */
    private static long open(Comparison comparison, Map<String, Long> open) {
        return Math.max(comparison.deadLettered(), open.getOrDefault(comparison.table(), 0L));
    }

    private static String[] cells(String name, String result, Comparison comparison, String reason) {
        double seconds = comparison.seconds();
        return new String[] {
            name,
            result,
            String.valueOf(comparison.equal()),
            String.valueOf(comparison.missing()),
            String.valueOf(comparison.different()),
            String.valueOf(comparison.extra()),
            String.valueOf(comparison.deadLettered()),
            String.format(Locale.ROOT, "%.2f", seconds),
            seconds > 0 ? String.format(Locale.ROOT, "%.0f", comparison.equal() / seconds) : "-",
            reason
        };
    }

    private static Comparison plus(Comparison one, Comparison other) {
        return new Comparison(
                "",
                one.equal() + other.equal(),
                one.missing() + other.missing(),
                one.different() + other.different(),
                one.extra() + other.extra(),
                one.deadLettered() + other.deadLettered(),
                one.seconds() + other.seconds(),
                Optional.empty());
    }
}
