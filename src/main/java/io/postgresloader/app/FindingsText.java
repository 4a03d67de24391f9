package io.postgresloader.app;

import io.postgresloader.doctor.Finding;
import io.postgresloader.doctor.Level;
import io.postgresloader.doctor.Side;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** Formats the findings of {@code doctor}. */
final class FindingsText {
    private FindingsText() {}

    /** A finding as one line: level, check, table, message and statement. */
    static String line(Finding finding) {
        return finding.level().word() + " " + finding.check().id() + ": " + finding.line();
    }

    /**
     * The findings, grouped by side, and a line that counts them.
     *
     * @param quiet whether those that are ok are left out
     */
    static String of(List<Finding> findings, boolean quiet, Ansi ansi) {
        StringBuilder text = new StringBuilder();
        for (Side side : Side.values()) {
            List<Finding> ofSide = findings.stream()
                    .filter(finding -> finding.check().side() == side)
                    .filter(finding -> !quiet || finding.level() != Level.OK)
                    .toList();
            if (!ofSide.isEmpty()) {
                text.append(side.heading()).append(System.lineSeparator());
                text.append(table(ofSide, ansi)).append(System.lineSeparator());
            }
        }
        return text.append(summary(findings)).append(System.lineSeparator()).toString();
    }

    private static String table(List<Finding> findings, Ansi ansi) {
        String[] first = cells(findings.get(0));
        TextTable table = new TextTable(first.length);
        findings.forEach(finding -> table.addStyled(style(finding.level()), cells(finding)));
        return table.toString(ansi);
    }

    private static String[] cells(Finding finding) {
        return new String[] {"  " + finding.level().word(), finding.check().id(), finding.line()};
    }

    private static String style(Level level) {
        return switch (level) {
            case OK -> "";
            case WARNING -> "yellow";
            case FAULT -> "red";
        };
    }

    /** Such as {@code 41 ok, 2 warnings, 1 fault}. */
    static String summary(List<Finding> findings) {
        return Arrays.stream(Level.values())
                .map(level -> counted(findings, level))
                .collect(Collectors.joining(", "));
    }

    private static String counted(List<Finding> findings, Level level) {
        long count = count(findings, level);
        return count + " " + level.word() + (level == Level.OK || count == 1 ? "" : "s");
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    /** The findings as JSON objects; the manual describes their fields. */
    static Map<String, Object> json(List<Finding> findings, boolean quiet) {
        Map<String, Object> summary = new LinkedHashMap<>();
        Arrays.stream(Level.values()).forEach(level -> summary.put(level.word(), count(findings, level)));
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("summary", summary);
        report.put(
                "findings",
                findings.stream()
                        .filter(finding -> !quiet || finding.level() != Level.OK)
                        .map(FindingsText::json)
                        .toList());
        return report;
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("check", finding.check().id());
        fields.put("side", finding.check().side().word());
        fields.put("level", finding.level().word());
        fields.put("table", finding.table());
        fields.put("message", finding.message());
        fields.put("statement", finding.statement());
        return fields;
    }
}
