package io.postgresloader.model;

import java.time.Instant;

/**
 * What identifies a load, and what it is. A load that a later process resumes keeps its identity.
 *
 * @param loadId identifies the load in all tracking tables
 * @param type what the load reads
 * @param reason why it is of that type, in words
 * @param started when it began, by the loader's clock
 */
public record LoadIdentity(String loadId, LoadType type, String reason, Instant started) {
    private static final String RESUMED = "resumed: ";

    /** This load when it is resumed: its reason says so, once. */
    public LoadIdentity resumed() {
        return new LoadIdentity(loadId, type, reason.startsWith(RESUMED) ? reason : RESUMED + reason, started);
    }
}
