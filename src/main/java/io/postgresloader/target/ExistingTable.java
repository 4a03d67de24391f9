package io.postgresloader.target;

import io.postgresloader.model.Key;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A table that the target has.
 *
 * @param table whether it is a table, plain or partitioned, and not a view or the like
 * @param columns its columns by name, in order
 * @param uniqueKeys the columns of each unique index that an upsert can rest on
 */
public record ExistingTable(boolean table, Map<String, TargetColumn> columns, Set<Set<String>> uniqueKeys) {
    public ExistingTable {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        uniqueKeys = Set.copyOf(uniqueKeys);
    }

    public boolean unique(Key key) {
        return uniqueKeys.contains(Set.copyOf(key.columns()));
    }
}
