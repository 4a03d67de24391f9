package io.postgresloader.faults;

import java.util.Optional;

/**
 * What a statement of the storm did to one row.
 *
 * @param token the text that the row holds since, like no other write's; empty: the row is deleted
 * @param visible whether an increment can see it: by its cursor column, or by a new key
 */
record Write(StormTable table, Key key, Optional<String> token, boolean visible) {}
