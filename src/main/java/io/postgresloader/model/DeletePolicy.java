package io.postgresloader.model;

/** What becomes of target rows whose key is gone from the source, once a reconcile finds them. */
public enum DeletePolicy {
    DELETE,
    MARK,
    IGNORE
}
