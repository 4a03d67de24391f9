package io.postgresloader.model;

/** How the conditions on several cursor columns are joined. */
public enum CursorLogic {
    /** A row is changed when any cursor column moved: the default, and the one that misses nothing. */
    OR,
    /** A row is changed when all cursor columns moved in one window: rows whose columns move apart are missed. */
    AND
}
