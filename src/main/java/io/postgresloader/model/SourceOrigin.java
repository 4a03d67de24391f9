package io.postgresloader.model;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The server and table from which rows were read.
 *
 * @param server the server that answered
 * @param certain whether a different value certainly means another server with other data
 * @param created when the table was created, or created again, in UTC; empty: unknown
 */
public record SourceOrigin(String server, boolean certain, Optional<LocalDateTime> created) {}
