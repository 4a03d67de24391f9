package io.postgresloader.model;

import java.util.List;

/**
 * The columns that identify a row: unique and not null in the source.
 *
 * @param columns in the order of the source's index; none: nothing identifies a row
 */
public record Key(List<String> columns) {
    /** The key of a table that has none. */
    public static final Key NONE = new Key(List.of());

    public Key {
        columns = List.copyOf(columns);
    }

    /** Whether nothing identifies a row. */
    public boolean none() {
        return columns.isEmpty();
    }

    @Override
    public String toString() {
        return String.join(", ", columns);
    }
}
