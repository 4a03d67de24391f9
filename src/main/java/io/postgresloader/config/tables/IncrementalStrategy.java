package io.postgresloader.config.tables;

/** What {@code incremental_strategy:} may say. */
enum IncrementalStrategy {
    OR_LOGIC,
    AND_LOGIC,
    /** Of the older generator: only the primary incremental column, or the first. */
    SINGLE_COLUMN,
    /** Of the older generator: no cursor column at all. */
    NONE
}
