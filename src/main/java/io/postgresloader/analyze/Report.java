package io.postgresloader.analyze;

import io.postgresloader.config.tables.CatalogEntry;
import io.postgresloader.model.LoadMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An analysis as a Markdown document for people. */
public final class Report {
    private final Analysis analysis;
    private final List<String> lines = new ArrayList<>();

    private Report(Analysis analysis) {
        this.analysis = analysis;
    }

    /**
     * @param differences sentences on what an older list did otherwise; none: no section for it
     */
    public static String markdown(Analysis analysis, List<String> differences) {
        Report report = new Report(analysis);
        report.lines.add("# What the source looks like, and how it will be loaded");
        report.lines.add("");
        report.lines.add(summary(analysis) + ".");
        report.section("What could not be found out", analysis.problems());
        report.section(
                "Not in the list",
                analysis.notListed().entrySet().stream()
                        .map(table -> table.getKey() + ": " + table.getValue())
                        .toList());
        report.section("What is done otherwise than by the older list", differences);
        report.tables();
        report.columns();
        return String.join("\n", report.lines) + "\n";
    }

    /** In one sentence without a period, e.g. {@code 93 tables: 45 incremental, 20 append, 28 full}. */
    public static String summary(Analysis analysis) {
        List<TableFinding> listed = analysis.listed();
        return listed.size() + " tables: "
                + Stream.of(LoadMode.INCREMENTAL, LoadMode.APPEND, LoadMode.FULL)
                        .map(plan -> listed.stream()
                                        .filter(table -> table.plan() == plan)
                                        .count()
                                + " " + plan.name().toLowerCase(Locale.ROOT))
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
        lines.add("Numbers of sampled rows. Zero: 0000-00-00 and its like. Outside: before 2000, or far in the future."
                + " Out of order: of neighbours in key order those that go back by more than a day.");
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
