package io.postgresloader.app.progress;

import io.postgresloader.model.progress.RunningTable;
import io.postgresloader.model.progress.WorkKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * The lines of the live progress: one for each running table, as many as there is room for, and a summary. No line is as
 * long as the terminal is wide, since a terminal may wrap such a line.
 */
final class ProgressLayout {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int WIDE = 140;
    private static final int MOST_BAR = 40;
    private static final int LEAST_BAR = 5;
    private static final int LEAST_NAME = 8;
    private static final int BETWEEN = 2;

    private final ProgressBar bar;
    private final boolean colour;
    private final ZoneId zone;

    /**
     * @param unicode whether the terminal shows block characters
     * @param zone the zone in which the time of the estimated end is shown
     */
    ProgressLayout(boolean unicode, boolean colour, ZoneId zone) {
        this.bar = ProgressBar.of(unicode, colour);
        this.colour = colour;
        this.zone = zone;
    }

    /**
     * The lines now.
     *
     * @param columns the width of the terminal
     * @param lines its height
     */
    List<AttributedString> frame(
            List<RunningTable> running, ProgressTotals totals, int columns, int lines, Instant now) {
        // One line is for the summary, one for the log above.
        int room = Math.max(0, lines - 2);
        int shown = running.size() <= room ? running.size() : Math.max(0, room - 1);
        List<AttributedString> frame = new ArrayList<>();
        int name = nameWidth(running.subList(0, shown), columns);
        running.subList(0, shown).forEach(table -> frame.add(line(table, name, columns, now)));
        if (shown < running.size() && room > 0) {
            frame.add(new AttributedString("and " + (running.size() - shown) + " more"));
        }
        frame.add(summary(running, totals));
        return frame.stream().map(line -> cut(line, columns - 1)).toList();
    }

    /** The line below the tables. */
    AttributedString summary(List<RunningTable> running, ProgressTotals totals) {
        long rows = totals.rows()
                + running.stream().mapToLong(RunningTable::rowsDone).sum();
        AttributedStyle red =
                colour ? AttributedStyle.DEFAULT.foreground(AttributedStyle.RED) : AttributedStyle.DEFAULT;
        AttributedStringBuilder text = new AttributedStringBuilder()
                .append(totals.done() + " of " + totals.tables() + (totals.tables() == 1 ? " table" : " tables"));
        if (totals.failed() > 0) {
            text.append(", ").styled(red, totals.failed() + " failed");
        }
        if (rows > 0) {
            text.append(", " + ProgressText.rows(rows) + (rows == 1 ? " row" : " rows"));
        }
        return text.toAttributedString();
    }

    private static int nameWidth(List<RunningTable> shown, int columns) {
        int longest = shown.stream()
                .mapToInt(table -> printable(table.table()).columnLength())
                .max()
                .orElse(0);
        return Math.min(longest, Math.max(LEAST_NAME, columns / 4));
    }

    private AttributedString line(RunningTable table, int name, int columns, Instant now) {
        boolean wide = columns >= WIDE;
        List<String> figures = figures(table, wide, now);
        int taken = name
                + BETWEEN
                + labelWidth(wide)
                + BETWEEN
                + String.join("", figures).length();
        int barWidth = Math.min(MOST_BAR, columns - 1 - taken);
        AttributedStringBuilder line = new AttributedStringBuilder()
                .append(padded(printable(table.table()), name))
                .append(" ".repeat(BETWEEN))
                .append(padded(new AttributedString(label(table, wide)), labelWidth(wide)))
                .append(" ".repeat(BETWEEN));
        if (barWidth >= LEAST_BAR) {
            line.append(bar.of(table, barWidth));
        }
        figures.forEach(line::append);
        return line.toAttributedString();
    }

    private static int labelWidth(boolean wide) {
        return wide ? "adoption, repairing".length() : "comparing".length();
    }

    private static String label(RunningTable table, boolean wide) {
        boolean adoption = table.kind() == WorkKind.ADOPTION;
        if (adoption && !wide) {
            return table.kind().word();
        }
        return (adoption ? table.kind().word() + ", " : "") + table.phase().word();
    }

    /** The columns to the right of the bar, each with the space before it. */
    private List<String> figures(RunningTable table, boolean wide, Instant now) {
        String percent =
                table.fraction().isPresent() ? (int) Math.floor(table.fraction().getAsDouble() * 100) + " %" : "";
        boolean begun = table.rowsDone() > 0 || table.rowsExpected().isPresent();
        String rows = begun ? ProgressText.rows(table.rowsDone()) : "";
        String expected = wide && table.rowsExpected().isPresent()
                ? rows + " of " + ProgressText.rows(table.rowsExpected().getAsLong())
                : rows;
        long perSecond = Math.round(table.rowsPerSecond());
        String speed = perSecond == 0 ? "" : ProgressText.rows(perSecond) + (wide ? " rows/s" : "/s");
        String left = table.estimatedEnd()
                .map(end -> ProgressText.time(Duration.between(now, end)))
                .filter(time -> !time.isEmpty())
                .map(time -> time + " left")
                .orElse("");
        List<String> figures = new ArrayList<>(List.of(
                String.format(Locale.ROOT, "%6s", percent),
                String.format(Locale.ROOT, wide ? "%18s" : "%8s", expected),
                String.format(Locale.ROOT, wide ? "%15s" : "%10s", speed),
                String.format(Locale.ROOT, "%14s", left)));
        if (wide) {
            String end = table.estimatedEnd()
                    .map(time -> "ends " + CLOCK.format(time.atZone(zone)))
                    .orElse("");
            figures.add(String.format(Locale.ROOT, "%15s", end));
        }
        return figures;
    }

    /** A table's name may contain any character. */
    private static AttributedString printable(String name) {
        return new AttributedString(name.replaceAll("\\p{Cntrl}", "?"));
    }

    /** Names of related tables differ at their ends, and begin alike: the middle is cut. */
    private static AttributedString padded(AttributedString text, int width) {
        int length = text.columnLength();
        if (length <= width) {
            return AttributedString.join(
                    AttributedString.EMPTY, text, new AttributedString(" ".repeat(width - length)));
        }
        int end = (width - 2) / 2;
        return AttributedString.join(
                new AttributedString(".."),
                text.columnSubSequence(0, width - 2 - end),
                text.columnSubSequence(length - end, length));
    }

    private static AttributedString cut(AttributedString line, int width) {
        AttributedString stripped =
                line.subSequence(0, line.toString().stripTrailing().length());
        return stripped.columnLength() <= width ? stripped : stripped.columnSubSequence(0, Math.max(0, width));
    }
}
