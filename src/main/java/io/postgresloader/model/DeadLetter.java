package io.postgresloader.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A row, or a whole load, that could not be done. It names the row by its key and holds no other value: a replay reads
 * the row from the source again.
 *
 * @param table the table
 * @param key key column to value in text form; empty: the load itself failed
 * @param failure why
 * @param column the column that was refused, where it is known
 */
public record DeadLetter(String table, Map<String, String> key, Failure failure, Optional<String> column) {
    public DeadLetter {
        Objects.requireNonNull(table);
        key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
    }
}
