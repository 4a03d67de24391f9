package io.postgresloader.analyze;

/** What a date or time in a row tells about changes of the row; the more useful ones first. */
public enum ColumnRole {
    /** Set whenever the row is edited: a cursor column. */
    EDIT("edit time"),
    /** Set once, when the row is entered: shows new rows, and no edits. */
    ENTRY("entry time"),
    /** Set by people to a day that matters to the practice: no signal of a change on its own. */
    BUSINESS("business date"),
    /** Without any real value. */
    EMPTY("empty");

    private final String words;

    ColumnRole(String words) {
        this.words = words;
    }

    /** In comments and reports. */
    public String words() {
        return words;
    }
}
