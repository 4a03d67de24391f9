package io.postgresloader.app;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/**
 * The output of {@code status} on a terminal: no line is longer than the screen. If it is refreshed, all of it is on one
 * screen as well, with the tables that need attention first, and the number of those that are not shown.
 */
final class StatusScreen {
    /** Without the figures rather than with fewer tables than this. */
    private static final int FEW_TABLES = 4;

    private static final int LEAST_TABLE = 12;
    private static final int LEAST_REASON = 16;
    private static final int BETWEEN = 2;
    private static final String CUT = "..";

    private final int width;

    private StatusScreen(int width) {
        this.width = width;
    }

    /** All tables, in lines that fit into the width of the screen. */
    static String all(List<StatusRow> rows, List<String> below, int width, Ansi ansi) {
        StatusScreen screen = new StatusScreen(width);
        return screen.join(screen.table(rows, ansi), screen.cut(below));
    }

    /**
     * As many tables as the screen has lines for.
     *
     * @param rows the tables that need attention first
     * @param below lines below the tables, which are left out if the screen is low
     */
    static String fit(List<StatusRow> rows, List<String> below, TerminalSize size, Ansi ansi) {
        StatusScreen screen = new StatusScreen(size.columns());
        // One line is for the headings, one for the number of the others, and one for the cursor.
        int room = Math.max(1, size.lines() - 3);
        boolean figures = room - below.size() - 1 >= Math.min(FEW_TABLES, rows.size());
        int shown = Math.min(rows.size(), figures ? room - below.size() - 1 : room);
        List<String> lines = new ArrayList<>(screen.table(rows.subList(0, shown), ansi));
        if (shown < rows.size()) {
            lines.add(cutEnd(others(rows.subList(shown, rows.size())), size.columns()));
        }
        return screen.join(lines, figures ? screen.cut(below) : List.of());
    }

    private static String others(List<StatusRow> others) {
        long concerns = others.stream().filter(row -> !row.concern().isEmpty()).count();
        return String.format(
                Locale.ROOT,
                "and %,d more %s, %s",
                others.size(),
                others.size() == 1 ? "table" : "tables",
                concerns == 0
                        ? "none of which needs attention"
                        : String.format(Locale.ROOT, "%,d of which need attention", concerns));
    }

    private String join(List<String> above, List<String> below) {
        Stream<String> separated = below.isEmpty() ? Stream.empty() : Stream.concat(Stream.of(""), below.stream());
        StringBuilder text = new StringBuilder();
        Stream.concat(above.stream(), separated)
                .forEach(line -> text.append(line).append(System.lineSeparator()));
        return text.toString();
    }

    private List<String> cut(List<String> lines) {
        return lines.stream().map(line -> cutEnd(line, width)).toList();
    }

    private List<String> table(List<StatusRow> rows, Ansi ansi) {
        Map<StatusColumn, Integer> widths = widths(rows);
        TextTable table = new TextTable(
                widths.keySet().stream().map(StatusColumn::heading).toArray(String[]::new));
        for (StatusRow row : rows) {
            table.addStyled(
                    row.style(),
                    widths.entrySet().stream()
                            .map(column -> cell(row, column.getKey(), column.getValue()))
                            .toArray(String[]::new));
        }
        return table.toString(ansi).lines().toList();
    }

    private static String cell(StatusRow row, StatusColumn column, int width) {
        String text = row.cells().get(column);
        return column == StatusColumn.TABLE ? cutMiddle(text, width) : cutEnd(text, width);
    }

    /** The columns that fit, with their widths. The table's name and the reason share what the others leave. */
    private Map<StatusColumn, Integer> widths(List<StatusRow> rows) {
        Map<StatusColumn, Integer> widths = new EnumMap<>(StatusColumn.class);
        for (StatusColumn column : StatusColumn.values()) {
            widths.put(
                    column,
                    rows.stream()
                            .mapToInt(row -> row.cells().get(column).length())
                            .reduce(column.width(), Math::max));
        }
        int longestName = Math.max(LEAST_TABLE, width / 4);
        widths.computeIfPresent(StatusColumn.TABLE, (column, natural) -> Math.min(natural, longestName));
        int reason = widths.get(StatusColumn.REASON);
        widths.put(StatusColumn.REASON, Math.min(reason, Math.max(LEAST_REASON, width / 4)));
        Set<StatusColumn> shown = EnumSet.copyOf(widths.keySet());
        while (width(widths) > width && shown.stream().anyMatch(column -> !column.always())) {
            StatusColumn least = shown.stream()
                    .min(Comparator.comparingInt(StatusColumn::keep))
                    .orElseThrow();
            shown.remove(least);
            widths.remove(least);
        }
        int left = width - width(widths) + widths.get(StatusColumn.REASON);
        widths.put(StatusColumn.REASON, Math.max(1, Math.min(reason, left)));
        return widths;
    }

    private static int width(Map<StatusColumn, Integer> widths) {
        return widths.values().stream().mapToInt(Integer::intValue).sum() + BETWEEN * (widths.size() - 1);
    }

    /** Names of related tables differ at their ends, and begin alike. */
    static String cutMiddle(String text, int width) {
        if (text.length() <= width || width <= CUT.length()) {
            return cutEnd(text, width);
        }
        int kept = width - CUT.length();
        int end = kept / 2;
        return text.substring(0, kept - end) + CUT + text.substring(text.length() - end);
    }

    static String cutEnd(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        return width <= CUT.length()
                ? text.substring(0, width)
                : text.substring(0, width - CUT.length()).stripTrailing() + CUT;
    }
}
