package io.postgresloader.monitor;

import java.util.Locale;

/** Why a table needs attention, the most severe first. */
public enum Severity {
    /** The last load failed. */
    FAILED("red"),
    /** The last comparison failed, exceeded the delete limit, or left rows that differ. */
    DIFFERS("red"),
    /** The table has open dead letters. */
    DEAD_LETTERS("yellow"),
    /** No load succeeded for three periods of its schedule. */
    OVERDUE("yellow"),
    /** The table is in the table list and has no tracking row. */
    UNTRACKED("yellow"),
    /** An operator paused the table; what else there is to say of it does not count until it is resumed. */
    PAUSED("yellow"),
    /** The table was never loaded. */
    PENDING(""),
    NONE(""),
    /** The table has a tracking row and is no longer in the table list. */
    NOT_CONFIGURED("faint");

    private final String style;

    Severity(String style) {
        this.style = style;
    }

    /** The style of the table's line on a terminal; empty: none. */
    public String style() {
        return style;
    }

    /** Whether the operator has something to do; a table that was paused waits for the operator anyway. */
    public boolean needsAttention() {
        return compareTo(PAUSED) < 0;
    }

    /** The word in JSON, e.g. {@code dead letters}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
