package io.postgresloader.analyze;

/** What a date or time in a row tells about changes of the row; the more useful ones first. */
public enum ColumnRole {
    /** Set whenever the row is edited: a cursor column. */
    EDIT("edit time", "edit times"),
    /** Set once, when the row is entered: shows new rows, and no edits. */
    ENTRY("entry time", "entry times, which edits do not move"),
    /** Set by people to a day that matters to the practice: no signal of a change on its own. */
    BUSINESS("business date", "business dates, no signal of a change on their own"),
    /** Without any real value. */
    EMPTY("empty", "without a real date");

    private final String words;
    private final String plural;

    ColumnRole(String words, String plural) {
        this.words = words;
        this.plural = plural;
    }

    /** In comments and reports. */
    public String words() {
        return words;
    }

    /** Before a list of such columns. */
    String plural() {
        return plural;
    }
}
