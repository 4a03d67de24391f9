package io.postgresloader.model;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The message that asks for one load of one table. It is all a worker needs, so that it may travel by any transport.
 *
 * @param table the name of a configured table
 * @param kind what to load
 * @param waitForLock whether somebody waits for it: then it waits while another load of the table is under way, and asks
 *     the source itself; otherwise it is skipped, and goes by what the source told up to a second ago
 * @param keys the rows of a repair, or of a replay that is not about all open dead letters, each as key column to
 *     value in text form; empty otherwise
 */
public record LoadRequest(String table, Kind kind, boolean waitForLock, List<Map<String, String>> keys)
        implements Serializable {
    public LoadRequest {
        keys = List.copyOf(keys);
    }

    /** A request that names no rows. */
    public LoadRequest(String table, Kind kind, boolean waitForLock) {
        this(table, kind, waitForLock, List.of());
    }

    /** What a request asks for. */
    public enum Kind {
        /** What is due: resume, full, incremental or append, as the plan finds. */
        DUE,
        /** The whole table, whatever the watermarks say. */
        FULL,
        /** The rows behind open dead letters. */
        REPLAY,
        /** The rows that the request names, which a comparison found missing or different. */
        REPAIR,
        /** No row: the table, which another loader has filled, is made ready to be compared. */
        ADOPT
    }

    /** What a comparison asks for. */
    public static LoadRequest repair(String table, List<Map<String, String>> keys) {
        return new LoadRequest(table, Kind.REPAIR, true, keys);
    }

    /** What begins the taking over of a table that another loader has filled. */
    public static LoadRequest adopt(String table) {
        return new LoadRequest(table, Kind.ADOPT, true);
    }

    /** A portion of the rows behind open dead letters; no keys: all of them. */
    public static LoadRequest replay(String table, List<Map<String, String>> keys) {
        return new LoadRequest(table, Kind.REPLAY, true, keys);
    }

    /** All rows behind open dead letters. */
    public static LoadRequest replayAll(String table) {
        return new LoadRequest(table, Kind.REPLAY, true);
    }

    /** The whole table, as an operator asks for it. */
    public static LoadRequest full(String table) {
        return new LoadRequest(table, Kind.FULL, true);
    }

    /** What is due at this moment, as an operator asks for it. */
    public static LoadRequest dueNow(String table) {
        return new LoadRequest(table, Kind.DUE, true);
    }

    /** What a timer asks for. */
    public static LoadRequest due(String table) {
        return new LoadRequest(table, Kind.DUE, false);
    }
}
