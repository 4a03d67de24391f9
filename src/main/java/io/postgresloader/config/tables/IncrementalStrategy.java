package io.postgresloader.config.tables;

/** The values of {@code incremental_strategy:}. */
enum IncrementalStrategy {
    OR_LOGIC,
    AND_LOGIC,
    /** From the older generator: only the primary incremental column, or the first. */
    SINGLE_COLUMN,
    /** From the older generator: no cursor column. */
    NONE
}
