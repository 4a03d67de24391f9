package io.postgresloader.model;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What the source knows about a table without reading its rows.
 *
 * @param updated when its rows last changed, in UTC, cut to whole seconds; empty: unknown, e.g. since the
 *     server was restarted
 * @param created when the table was created, or created again, in UTC
 * @param transactional whether a change may become visible long after the statement
 * @param sighting its rows and its last check; empty: it has transactions, or the source does not know
 */
public record SourceState(
        Optional<LocalDateTime> updated,
        Optional<LocalDateTime> created,
        boolean transactional,
        Optional<TableSighting> sighting) {
    /** The state of a table whose checks are not known. */
    public SourceState(Optional<LocalDateTime> updated, Optional<LocalDateTime> created, boolean transactional) {
        this(updated, created, transactional, Optional.empty());
    }

    /** A text that stays the same as long as nothing changed; empty: unknown. */
    public Optional<String> token() {
        return updated.map(
                time -> "updated " + time + created.map(t -> ", created " + t).orElse(""));
    }
}
