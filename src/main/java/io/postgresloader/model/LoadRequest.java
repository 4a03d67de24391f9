package io.postgresloader.model;

import java.io.Serializable;
import java.util.List;

/**
 * A request for one load of one table. It contains everything that a worker needs, so any transport can carry it.
 *
 * @param table the name of a configured table
 * @param kind what to load
 * @param waitForLock whether a caller waits for the load. Then the load waits until another load of the table ends, and
 *     queries the state of the source. Otherwise the load is skipped if another one runs, and uses a state of the
 *     source that is up to a second old
 * @param keys the rows of a repair, or of a replay of some of the open dead letters; empty otherwise
 * @param accepted whether an operator accepts that rows are rewritten that loads would leave alone: by another clock of
 *     TIMESTAMP columns, or by an adoption
 * @param sourceAccepted whether an operator says that another server has the rows of the one that was loaded from
 * @param forceDeletes whether an operator accepts that rows are deleted that the source may have lost
 */
public record LoadRequest(
        String table,
        Kind kind,
        boolean waitForLock,
        List<RowKey> keys,
        boolean accepted,
        boolean sourceAccepted,
        boolean forceDeletes)
        implements Serializable {
    public LoadRequest {
        keys = List.copyOf(keys);
    }

    /** A request without consent to rewrite rows. */
    public LoadRequest(String table, Kind kind, boolean waitForLock, List<RowKey> keys) {
        this(table, kind, waitForLock, keys, false, false, false);
    }

    /** This request, with or without consent to rewrite rows. */
    public LoadRequest accepting(boolean rewrites) {
        return new LoadRequest(table, kind, waitForLock, keys, rewrites, sourceAccepted, forceDeletes);
    }

    /** This request, with or without consent to go on with another server. */
    public LoadRequest acceptingSource(boolean sameRows) {
        return new LoadRequest(table, kind, waitForLock, keys, accepted, sameRows, forceDeletes);
    }

    /** This request, with consent to delete rows that the source may have lost. */
    public LoadRequest forcingDeletes() {
        return new LoadRequest(table, kind, waitForLock, keys, accepted, sourceAccepted, true);
    }

    /** A request that names no rows. */
    public LoadRequest(String table, Kind kind, boolean waitForLock) {
        this(table, kind, waitForLock, List.of());
    }

    /** What a request asks for. */
    public enum Kind {
        /** The load that is due, as the plan decides: resumed, full, incremental or append. */
        DUE,
        /** The whole table, regardless of the watermarks. */
        FULL,
        /** The rows behind open dead letters. */
        REPLAY,
        /** The rows that the request names, which a comparison found missing or different. */
        REPAIR,
        /** No row: a table that another loader has filled is prepared for a comparison. */
        ADOPT
    }

    /** A repair of the rows that a comparison found missing or different. */
    public static LoadRequest repair(String table, List<RowKey> keys) {
        return new LoadRequest(table, Kind.REPAIR, true, keys);
    }

    /** The first step of the adoption of a table that another loader has filled. */
    public static LoadRequest adopt(String table) {
        return new LoadRequest(table, Kind.ADOPT, true);
    }

    /** A replay of some of the rows behind open dead letters; no keys: all of them. */
    public static LoadRequest replay(String table, List<RowKey> keys) {
        return new LoadRequest(table, Kind.REPLAY, true, keys);
    }

    /** A replay of all rows behind open dead letters. */
    public static LoadRequest replayAll(String table) {
        return new LoadRequest(table, Kind.REPLAY, true);
    }

    /** A full load at the request of an operator. */
    public static LoadRequest full(String table) {
        return new LoadRequest(table, Kind.FULL, true);
    }

    /** The load that is due now, at the request of an operator. */
    public static LoadRequest dueNow(String table) {
        return new LoadRequest(table, Kind.DUE, true);
    }

    /** The load that is due, at the request of a timer. */
    public static LoadRequest due(String table) {
        return new LoadRequest(table, Kind.DUE, false);
    }
}
