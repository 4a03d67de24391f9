package io.postgresloader.camel.operate;

import java.util.Optional;

/**
 * A request as those who answer it see it.
 *
 * @param segment the segment of the path that the route leaves open, decoded; empty: it leaves none open
 * @param query as the client sent it; null: there is none
 * @param ifNoneMatch the ETags that the client has
 */
public record Request(Optional<String> segment, String query, Optional<String> ifNoneMatch) {}
