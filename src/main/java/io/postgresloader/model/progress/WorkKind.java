package io.postgresloader.model.progress;

import java.util.Locale;

/** What kind of work is done on a table. */
public enum WorkKind {
    LOAD,
    /** Compares the table with the source, for {@code verify} or a reconcile; a repair is a load of its own. */
    COMPARISON,
    /** Adopts a table that another loader has filled. */
    ADOPTION,
    /** Examines the table for the table list. */
    ANALYSIS;

    /** The word for users, e.g. {@code load}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
