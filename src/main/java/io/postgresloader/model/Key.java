package io.postgresloader.model;

import java.util.List;

/**
 * The columns that identify a row: unique and not null in the source.
 *
 * @param columns at least one column, in the order of the source's index
 */
public record Key(List<String> columns) {
    public Key {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a key has at least one column");
        }
    }

    @Override
    public String toString() {
        return String.join(", ", columns);
    }
}
