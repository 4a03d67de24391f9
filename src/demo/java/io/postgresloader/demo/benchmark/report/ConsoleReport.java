package io.postgresloader.demo.benchmark.report;

import io.postgresloader.app.TextTable;
import java.util.ArrayList;
import java.util.List;

/** Writes a report as aligned text. */
public final class ConsoleReport {
    private ConsoleReport() {}

    public static String text(Report report) {
        List<String> headings = new ArrayList<>();
        for (String heading : Cells.headings()) {
            headings.add(headings.size() < Cells.words() ? heading : ">" + heading);
        }
        TextTable table = new TextTable(headings.toArray(String[]::new));
        report.figures().forEach(figure -> table.add(Cells.of(figure).toArray(String[]::new)));
        StringBuilder text = new StringBuilder(table.toString());
        report.notes().forEach(note -> text.append(note).append(System.lineSeparator()));
        return text.toString();
    }
}
