package io.postgresloader.analyze;

/** What a date or time column shows about changes of its row. The most useful role comes first. */
public enum ColumnRole {
    /** Set on each edit of the row: usable as a cursor column. */
    EDIT("edit time", "edit times"),
    /** Set once, when the row is entered: shows new rows, but not edits. */
    ENTRY("entry time", "entry times, which edits do not change"),
    /** Entered by users, for example the date of an appointment: does not show changes. */
    BUSINESS("business date", "business dates, which do not show changes"),
    /** Has no valid date. */
    EMPTY("empty", "columns without a valid date");

    private final String words;
    private final String plural;

    ColumnRole(String words, String plural) {
        this.words = words;
        this.plural = plural;
    }

    /** The name of the role in comments and reports. */
    public String words() {
        return words;
    }

    /** The label for a list of columns with this role. */
    String plural() {
        return plural;
    }
}
