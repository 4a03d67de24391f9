package io.postgresloader.model;

import java.io.Serializable;

/**
 * The message that asks for one load of one table. It is all a worker needs, so that it may travel by any transport.
 *
 * @param table the name of a configured table
 * @param kind what to load
 * @param waitForLock whether to wait while another instance loads the table; otherwise the load is skipped
 */
public record LoadRequest(String table, Kind kind, boolean waitForLock) implements Serializable {
    /** What a request asks for. */
    public enum Kind {
        /** What is due: resume, full, incremental or append, as the plan finds. */
        DUE,
        /** The whole table, whatever the watermarks say. */
        FULL,
        /** The rows behind open dead letters. */
        REPLAY
    }

    /** What a timer asks for. */
    public static LoadRequest due(String table) {
        return new LoadRequest(table, Kind.DUE, false);
    }
}
