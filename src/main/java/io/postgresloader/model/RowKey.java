package io.postgresloader.model;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What identifies one row of a table, in the text form of {@code etl_dead_letter.key}. Two keys are equal when they have
 * the same values in the same columns, in any order: {@code jsonb} does not keep the order of its fields.
 *
 * @param values key column to value in text form: binary values in hexadecimal, text escaped where it is not printable
 */
public record RowKey(Map<String, String> values) implements Serializable {
    /** No key: the place before the first row. */
    public static final RowKey NONE = new RowKey(Map.of());

    public RowKey {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** @throws IllegalArgumentException when there is not one value for each column */
    public static RowKey of(List<String> columns, List<String> values) {
        if (columns.size() != values.size()) {
            throw new IllegalArgumentException(values.size() + " values for the key columns " + columns);
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            named.put(columns.get(i), values.get(i));
        }
        return new RowKey(named);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Whether it has a value for each of these columns. */
    public boolean names(List<String> columns) {
        return values.keySet().containsAll(columns);
    }

    /**
     * The values of these columns.
     *
     * @throws IllegalArgumentException when the key does not name one of them
     */
    public List<String> in(List<String> columns) {
        if (!names(columns)) {
            throw new IllegalArgumentException(
                    "a key of the columns " + values.keySet() + " is not one of the columns " + columns);
        }
        return columns.stream().map(values::get).toList();
    }
}
