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
 * long as the terminal is wide, since a terminal may wrap such a line. Not safe for use by several threads.
 */
final class ProgressLayout {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final AttributedString SEPARATOR = new AttributedString("; ");

    private final ProgressBar bar;
    private final boolean colour;
    private final ZoneId zone;

    /** The widest name so far: the columns do not move when a table with a long name is finished. */
    private int widestName;

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
        // With one line for tables, the others are counted in the summary.
        boolean lineForMore = running.size() > room && room > 1;
        int shown = Math.min(running.size(), lineForMore ? room - 1 : room);
        String more = "and " + (running.size() - shown) + " more";
        List<AttributedString> frame = new ArrayList<>();
        widestName = Math.max(widestName, longest(running.subList(0, shown)));
        FrameColumns fit = FrameColumns.of(columns, widestName);
        running.subList(0, shown).forEach(table -> frame.add(line(table, fit, now)));
        if (lineForMore) {
            frame.add(new AttributedString(more));
        }
        AttributedString summary = summary(running, totals);
        if (summary.length() > 0) {
            boolean counted = room == 1 && shown < running.size();
            frame.add(counted ? AttributedString.join(SEPARATOR, new AttributedString(more), summary) : summary);
        }
        return frame.stream().map(line -> cut(line, columns - 1)).toList();
    }

    /** The line below the tables; empty while it is not known how many tables there are to do. */
    AttributedString summary(List<RunningTable> running, ProgressTotals totals) {
        if (totals.tables() == 0) {
            return AttributedString.EMPTY;
        }
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

    private static int longest(List<RunningTable> shown) {
        return shown.stream()
                .mapToInt(table -> printable(table.table()).columnLength())
                .max()
                .orElse(0);
    }

    private AttributedString line(RunningTable table, FrameColumns fit, Instant now) {
        AttributedStringBuilder line = new AttributedStringBuilder()
                .append(padded(printable(table.table()), fit.name()))
                .append(" ".repeat(FrameColumns.BETWEEN));
        AttributedString label = new AttributedString(label(table, fit.wide()));
        if (fit.label() > 0) {
            line.append(padded(label, fit.label())).append(" ".repeat(FrameColumns.BETWEEN));
        }
        if (fit.label() == 0 && table.fraction().isEmpty()) {
            line.append(padded(label, Math.max(label.length(), fit.bar())));
        } else {
            line.append(bar.of(table, fit.bar()));
        }
        figures(table, fit, now).forEach(line::append);
        return line.toAttributedString();
    }

    private static String label(RunningTable table, boolean wide) {
        boolean adoption = table.kind() == WorkKind.ADOPTION;
        if (adoption && !wide) {
            return table.kind().word();
        }
        return (adoption ? table.kind().word() + ", " : "") + table.phase().word();
    }

    /** The columns to the right of the bar, each with the space before it. */
    private List<String> figures(RunningTable table, FrameColumns fit, Instant now) {
        boolean wide = fit.wide();
        String percent =
                table.fraction().isPresent() ? (int) Math.floor(table.fraction().getAsDouble() * 100) + " %" : "";
        List<String> figures = new ArrayList<>(List.of(padLeft(percent, FrameColumns.PERCENT)));
        if (fit.rows()) {
            figures.add(padLeft(rows(table, wide), wide ? FrameColumns.WIDE_ROWS : FrameColumns.ROWS));
        }
        if (fit.speed()) {
            long perSecond = Math.round(table.rowsPerSecond());
            String speed = perSecond == 0 ? "" : ProgressText.rows(perSecond) + (wide ? " rows/s" : "/s");
            figures.add(padLeft(speed, wide ? FrameColumns.WIDE_SPEED : FrameColumns.SPEED));
        }
        if (fit.left()) {
            String left = table.estimatedEnd()
                    .map(end -> ProgressText.time(Duration.between(now, end)))
                    .filter(time -> !time.isEmpty())
                    .map(time -> time + " left")
                    .orElse("");
            figures.add(padLeft(left, FrameColumns.LEFT));
        }
        if (wide) {
            String end = table.estimatedEnd()
                    .map(time -> "ends " + CLOCK.format(time.atZone(zone)))
                    .orElse("");
            figures.add(padLeft(end, FrameColumns.END));
        }
        return figures;
    }

    private static String rows(RunningTable table, boolean wide) {
        boolean begun = table.rowsDone() > 0 || table.rowsExpected().isPresent();
        String rows = begun ? ProgressText.rows(table.rowsDone()) : "";
        return wide && table.rowsExpected().isPresent()
                ? rows + " of " + ProgressText.rows(table.rowsExpected().getAsLong())
                : rows;
    }

    private static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
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
