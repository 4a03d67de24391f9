package io.postgresloader.model;

/** How the conditions on several cursor columns are combined. */
public enum CursorLogic {
    /** A row counts as changed if any cursor column moved. The default; it misses no change. */
    OR,
    /** A row counts as changed if all cursor columns moved in one window. Rows whose columns move apart are missed. */
    AND
}
