package io.postgresloader.model;

/** The values of the option {@code load:}. */
public enum LoadMode {
    /** The loader chooses; the reason of each load says what was chosen and why. */
    AUTO,
    /** Rows whose cursor columns moved, and rows with new keys. */
    INCREMENTAL,
    /** All rows at every load; only rows that differ are written. */
    FULL,
    /** Only rows with new keys. */
    APPEND
}
