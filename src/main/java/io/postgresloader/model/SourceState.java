package io.postgresloader.model;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What the source says of a table without looking at its rows.
 *
 * @param updated when its rows last changed, in UTC, cut to whole seconds; empty: the server does not know, e.g. since
 *     its restart
 * @param created when the table was created, or made anew, in UTC
 * @param transactional whether a change may become visible long after it was made
 */
public record SourceState(Optional<LocalDateTime> updated, Optional<LocalDateTime> created, boolean transactional) {
    /** What is the same as long as nothing changed; empty when the source does not know. */
    public Optional<String> token() {
        return updated.map(
                time -> "updated " + time + created.map(t -> ", created " + t).orElse(""));
    }
}
