package io.postgresloader.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kind of a failure, which decides what happens next. */
public enum FailureKind {
    /** A failure of the server or the connection: the load is tried again with back-off, and is never a dead letter. */
    TRANSIENT,
    /** One row cannot be written: only this row becomes a dead letter, and the load continues. */
    ROW_DATA,
    /** A table or column is not as the load expects: the load fails, and the watermark stays. */
    SCHEMA,
    /** Rows that were counted are missing: the failure is recorded, and the watermark stays. */
    INTEGRITY,
    /** Another instance claimed the table: this load ends and records nothing. */
    CLAIM_LOST,
    /** The loader is being stopped: the load resumes from its bookmark at the next start. */
    STOPPED,
    /** Any other failure: the load fails. */
    UNKNOWN;

    /** Whether nothing is wrong: another instance does the load, or this one resumes it later. */
    public boolean harmless() {
        return this == CLAIM_LOST || this == STOPPED;
    }

    /** Whether the same work may succeed later although nobody changes anything. */
    public boolean mayPass() {
        return this != ROW_DATA && this != SCHEMA;
    }

    /** The kind of a recorded failure, as {@link Failure#toString} writes it; empty: the text is no such failure. */
    public static Optional<FailureKind> ofRecorded(String text) {
        return Arrays.stream(values())
                .filter(kind -> text.startsWith(kind.word() + ":") || text.startsWith(kind.word() + " (SQLSTATE "))
                .findFirst();
    }

    /** The word in tracking tables and logs, e.g. {@code row data}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
