package io.postgresloader.model;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Where the rows of a table came from.
 *
 * @param server which server answered
 * @param certain whether another one there is surely another server with other data
 * @param created when the table was created, or made anew, in UTC; empty: the server does not know
 */
public record SourceOrigin(String server, boolean certain, Optional<LocalDateTime> created) {}
