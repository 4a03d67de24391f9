package io.postgresloader.target;

import io.postgresloader.model.Key;
import java.util.List;

/**
 * A table that is ready to be written.
 *
 * @param schema its schema
 * @param name its name
 * @param columns the columns that arrive, in the order of the source
 * @param key the columns that identify a row; a unique index covers them
 */
public record TargetTable(String schema, String name, List<String> columns, Key key) {
    public TargetTable {
        columns = List.copyOf(columns);
    }
}
