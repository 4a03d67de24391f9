package io.postgresloader.model;

import java.util.Objects;
import java.util.Optional;

/**
 * A row, or a whole load, that could not be written. A dead letter identifies the row by its key and contains no other
 * value: a replay reads the row from the source again.
 *
 * @param table the table
 * @param key the row; {@link RowKey#NONE}: the load itself failed
 * @param failure the reason
 * @param column the column whose value could not be written; empty if unknown
 */
public record DeadLetter(String table, RowKey key, Failure failure, Optional<String> column) {
    public DeadLetter {
        Objects.requireNonNull(table);
        Objects.requireNonNull(key);
    }
}
