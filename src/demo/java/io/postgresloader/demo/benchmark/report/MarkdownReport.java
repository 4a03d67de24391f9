package io.postgresloader.demo.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a report as Markdown, to be put into a page. */
public final class MarkdownReport {
    private MarkdownReport() {}

    public static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add("Measured at " + report.at() + ", medians of " + report.rounds() + " rounds.");
        lines.add("");
        report.setup().forEach((name, value) -> lines.add("- " + name + ": " + value));
        lines.add("");
        lines.add(row(withSpread(Cells.headings(), Optional.of("seconds from, to"))));
        lines.add(rule());
        report.figures().forEach(figure -> lines.add(row(withSpread(Cells.of(figure), Cells.spread(figure)))));
        if (!report.notes().isEmpty()) {
            lines.add("");
            report.notes().forEach(note -> lines.add("- " + note));
        }
        return lines;
    }

    private static List<String> withSpread(List<String> cells, Optional<String> spread) {
        List<String> all = new ArrayList<>(cells);
        all.add(Cells.words() + 1, spread.orElse("-"));
        return all;
    }

    private static String rule() {
        StringBuilder rule = new StringBuilder("|");
        for (int column = 0; column <= Cells.headings().size(); column++) {
            rule.append(column < Cells.words() ? "---|" : "---:|");
        }
        return rule.toString();
    }

    private static String row(List<String> cells) {
        // A program's name may be a pipe.
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
