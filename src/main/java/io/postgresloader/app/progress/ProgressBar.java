package io.postgresloader.app.progress;

import io.postgresloader.model.progress.RunningTable;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * A bar: rows that are done, rows that are read and not done yet, and the others.
 *
 * @param done the characters of the three parts: one each
 * @param colour whether the first part has a colour
 */
record ProgressBar(String done, String read, String left, boolean colour) {
    static final String BLOCKS = "\u2588\u2592\u2591";

    static ProgressBar of(boolean unicode, boolean colour) {
        return unicode
                ? new ProgressBar(BLOCKS.substring(0, 1), BLOCKS.substring(1, 2), BLOCKS.substring(2), colour)
                : new ProgressBar("#", "-", ".", colour);
    }

    /** Spaces if it is not known how many rows are left. */
    AttributedString of(RunningTable table, int width) {
        if (table.fraction().isEmpty()) {
            return new AttributedString(" ".repeat(width));
        }
        int doneWidth = (int) (table.fraction().getAsDouble() * width);
        long expected = table.rowsExpected().getAsLong();
        int readWidth = (int) Math.min(width, Math.round((double) table.rowsRead() * width / expected)) - doneWidth;
        int readMore = Math.max(0, readWidth);
        AttributedStyle style =
                colour ? AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN) : AttributedStyle.DEFAULT;
        return new AttributedStringBuilder()
                .styled(style, done.repeat(doneWidth))
                .append(read.repeat(readMore))
                .append(left.repeat(width - doneWidth - readMore))
                .toAttributedString();
    }
}
