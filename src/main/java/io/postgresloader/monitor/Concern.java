package io.postgresloader.monitor;

import java.util.Locale;

/** What about a table asks for a person, the worst first. */
public enum Concern {
    /** Its last load failed. */
    FAILED("red"),
    /** The last comparison failed, was braked, or left rows that differ. */
    DIFFERS("red"),
    /** Rows of it are in quarantine. */
    DEAD_LETTERS("yellow"),
    /** No load succeeded for three periods of its schedule. */
    OVERDUE("yellow"),
    /** It is in the table list, and has no tracking row. */
    UNTRACKED("yellow"),
    /** It was never loaded. */
    PENDING(""),
    NONE(""),
    /** It has a tracking row, and is not in the table list any more. */
    NOT_CONFIGURED("faint");

    private final String style;

    Concern(String style) {
        this.style = style;
    }

    /** The colour of its line on a terminal; empty: none. */
    public String style() {
        return style;
    }

    /** The word in JSON, e.g. {@code dead letters}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
