package io.postgresloader.model;

/** What {@code load:} of a table asks for. */
public enum LoadMode {
    /** As the table's shape suggests; the reason of each load says what was chosen and why. */
    AUTO,
    /** By cursor columns and by new keys. */
    INCREMENTAL,
    /** The whole table at every load; only rows that differ are written. */
    FULL,
    /** By new keys alone. */
    APPEND
}
