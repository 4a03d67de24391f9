package io.postgresloader.analyze;

import io.postgresloader.config.tables.CatalogEntry;
import io.postgresloader.model.LoadMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats an analysis as a Markdown document. */
public final class Report {
    private final Analysis analysis;
    private final List<String> lines = new ArrayList<>();

    private Report(Analysis analysis) {
        this.analysis = analysis;
    }

    /** @param differences the differences from an older list; if empty, the section is omitted */
    public static String markdown(Analysis analysis, List<String> differences) {
        Report report = new Report(analysis);
        report.lines.add("# Analysis of the source");
        report.lines.add("");
        report.lines.add(summary(analysis) + ".");
        report.section("Problems", analysis.problems());
        report.section(
                "Not in the list",
                analysis.notListed().entrySet().stream()
                        .map(table -> table.getKey() + ": " + table.getValue())
                        .toList());
        report.section("Differences from the older list", differences);
        report.tables();
        report.columns();
        return String.join("\n", report.lines) + "\n";
    }

    /** The number of tables by load mode, e.g. {@code 93 tables: 45 incremental, 20 append, 28 full}. */
    public static String summary(Analysis analysis) {
        List<TableFinding> listed = analysis.listed();
        return listed.size() + " tables: "
                + Stream.of(LoadMode.INCREMENTAL, LoadMode.APPEND, LoadMode.FULL)
                        .map(mode -> listed.stream()
                                        .filter(table -> table.mode() == mode)
                                        .count()
                                + " " + mode.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
    }

    private void section(String title, List<String> items) {
        if (!items.isEmpty()) {
            heading(title);
            items.forEach(item -> lines.add("- " + item));
        }
    }

    private void tables() {
        heading("Tables");
        row("table", "rows", "key", "load", "cursor columns", "reason", "remarks");
        row("---", "---:", "---", "---", "---", "---", "---");
        for (TableFinding table : analysis.tables()) {
            row(
                    table.name(),
                    String.format(Locale.ROOT, "%,d", table.table().estimatedRows()),
                    table.key().none() ? "none" : table.key().toString(),
                    EntryText.word(table),
                    table.cursors().stream().map(ColumnFinding::name).collect(Collectors.joining(", ")),
                    table.reason(),
                    String.join("; ", table.remarks()));
        }
    }

    private void columns() {
        heading("Dates and times");
        lines.add("Numbers of sampled rows. Zero: 0000-00-00, or a zero month or day. Outside: before 2000, or more"
                + " than a year in the future. Out of order: of all pairs of neighbours in key order, those whose"
                + " second date is more than a day earlier.");
        lines.add("");
        row(
                "table",
                "column",
                "type",
                "role",
                "index",
                "rows",
                "NULL",
                "zero",
                "outside",
                "future",
                "out of order",
                "reason");
        row("---", "---", "---", "---", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---");
        analysis.tables().forEach(table -> table.columns().forEach(column -> column(table, column)));
    }

    private void column(TableFinding table, ColumnFinding column) {
        ColumnEvidence evidence = column.evidence();
        row(
                table.name(),
                column.name(),
                column.column().columnType(),
                column.role().words(),
                column.index().orElse(""),
                String.valueOf(evidence.rows()),
                String.valueOf(evidence.nulls()),
                String.valueOf(evidence.zeros()),
                String.valueOf(evidence.before() + evidence.after()),
                String.valueOf(evidence.future()),
                evidence.back() + " of " + evidence.pairs(),
                column.reason());
    }

    private void heading(String title) {
        lines.add("");
        lines.add("## " + title);
        lines.add("");
    }

    private void row(String... cells) {
        lines.add(Stream.of(cells)
                .map(cell -> CatalogEntry.comment(cell).replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |")));
    }
}
