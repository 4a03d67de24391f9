package io.postgresloader.model;

import java.util.Locale;

/** What kind of failure it is; the kind decides what happens next. */
public enum FailureKind {
    /** The server or the way to it: nothing changed; tried again with back-off, never a dead letter. */
    TRANSIENT,
    /** One row that the target cannot take: it alone becomes a dead letter, the others go on. */
    ROW_DATA,
    /** A table or column is not what the load expects: the table stops, its watermark stays. */
    SCHEMA,
    /** Rows are missing that were counted: recorded, the watermark stays. */
    INTEGRITY,
    /** Another instance took the table over: this load ends and leaves no trace. */
    CLAIM_LOST,
    /** The loader is being stopped: the load goes on from its bookmark at the next start. */
    STOPPED,
    /** Anything else: the load failed. */
    UNKNOWN;

    /** Whether the load simply ends, to be done by someone else or later, and nothing is wrong. */
    public boolean harmless() {
        return this == CLAIM_LOST || this == STOPPED;
    }

    /** The word in tracking tables and logs, e.g. {@code row data}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
