package io.postgresloader.model.progress;

import java.util.Locale;

/** What is being done right now. */
public enum WorkPhase {
    /** Waits until another load of the table ends. */
    WAITING,
    /** Looks at both databases, and decides what is read. */
    PLANNING,
    LOADING,
    /** Reads rows again that a comparison found, and writes them. */
    REPAIRING,
    COMPARING,
    /** All rows are written; the load checks that none is missing. */
    FINISHING,
    /** Waits before another attempt, after a transient failure. */
    RETRYING,
    /** Reads a sample of the rows, or all of them. */
    ANALYZING;

    /** The word for users, e.g. {@code loading}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
