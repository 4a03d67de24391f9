package io.postgresloader.model;

import java.util.Locale;

/** What a load reads. */
public enum LoadType {
    /** Every row of the table. */
    FULL,
    /** Rows whose cursor columns moved, and rows with new keys. */
    INCREMENTAL,
    /** Rows with new keys. */
    APPEND,
    /** The rows behind open dead letters. */
    REPLAY,
    /** Rows that a comparison found missing or different. */
    REPAIR,
    /** No row: a table that another loader has filled is prepared for comparisons. */
    ADOPT,
    /** Nothing: the source says that the table has not changed. */
    UNCHANGED;

    /** Whether the load reads rows by their keys. Such a load does not change what is known about the whole table. */
    public boolean byKey() {
        return this == REPLAY || this == REPAIR;
    }

    /** The word in tracking tables, logs and meters, e.g. {@code full}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
