package io.postgresloader.model;

import java.time.Instant;

/**
 * The identity of a load. A load that a later process resumes keeps its id and its start.
 *
 * @param loadId identifies the load in all tracking tables
 * @param type what the load reads
 * @param reason why the load has this type, in words
 * @param started when the load began, by the loader's clock
 */
public record LoadIdentity(String loadId, LoadType type, String reason, Instant started) {
    private static final String RESUMED = "resumed: ";

    /** The identity with which this load is resumed: the reason says so, once. */
    public LoadIdentity resumed() {
        return new LoadIdentity(loadId, type, reason.startsWith(RESUMED) ? reason : RESUMED + reason, started);
    }
}
