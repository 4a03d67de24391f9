package io.postgresloader.app;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Formats rows of text in aligned columns. */
public final class TextTable {
    private final List<Row> rows = new ArrayList<>();
    private final boolean[] rightAligned;

    private record Row(String style, String[] cells) {}

    /** @param headings one heading per column; a leading {@code >} right-aligns the column */
    public TextTable(String... headings) {
        rightAligned = new boolean[headings.length];
        String[] titles = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            rightAligned[i] = headings[i].startsWith(">");
            titles[i] = rightAligned[i] ? headings[i].substring(1) : headings[i];
        }
        add(titles);
    }

    /** A table without headings. */
    TextTable(int columns) {
        rightAligned = new boolean[columns];
    }

    public void add(String... cells) {
        addStyled("", cells);
    }

    /** @param style a picocli style for the whole row, used if colors are enabled; empty for none */
    void addStyled(String style, String... cells) {
        rows.add(new Row(style, cells));
    }

    @Override
    public String toString() {
        return toString(Ansi.OFF);
    }

    String toString(Ansi ansi) {
        int[] widths = new int[rightAligned.length];
        for (Row row : rows) {
            for (int i = 0; i < row.cells.length; i++) {
                widths[i] = Math.max(widths[i], row.cells[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            text.append(styled(line(row.cells, widths), row.style, ansi)).append(System.lineSeparator());
        }
        return text.toString();
    }

    private String line(String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String padding = " ".repeat(widths[i] - cells[i].length());
            line.append(i == 0 ? "" : "  ").append(rightAligned[i] ? padding + cells[i] : cells[i] + padding);
        }
        return line.toString().stripTrailing();
    }

    private static String styled(String line, String style, Ansi ansi) {
        if (style.isEmpty() || !ansi.enabled()) {
            return line;
        }
        Ansi.IStyle[] styles = Ansi.Style.parse(style);
        return Ansi.Style.on(styles) + line + Ansi.Style.off(styles);
    }
}
