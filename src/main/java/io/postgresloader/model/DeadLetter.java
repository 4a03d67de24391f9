package io.postgresloader.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A row, or a whole load, that could not be written. A dead letter identifies the row by its key and contains no other
 * value: a replay reads the row from the source again.
 *
 * @param table the table
 * @param key key column to value in text form; empty: the load itself failed
 * @param failure the reason
 * @param column the column whose value could not be written; empty if unknown
 */
public record DeadLetter(String table, Map<String, String> key, Failure failure, Optional<String> column) {
    public DeadLetter {
        Objects.requireNonNull(table);
        key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
    }
}
