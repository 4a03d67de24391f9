package io.postgresloader.target;

import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Key;
import io.postgresloader.sql.SqlTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table that is ready to be written.
 *
 * @param schema its schema
 * @param name its name
 * @param columns the columns that arrive, in the order of the source
 * @param key the columns that identify a row; a unique index covers them
 * @param folded the columns of the key that the unique index takes for equal in more than one spelling, with the operator
 * @param removal how rows that were deleted in the source are removed: {@code MARK} in a table that has the column for
 *     it, otherwise {@code DELETE}
 * @param stamp the column of the row stamp; empty: its rows are not stamped
 */
public record TargetTable(
        String schema,
        String name,
        List<String> columns,
        Key key,
        Map<String, String> folded,
        DeletePolicy removal,
        Optional<String> stamp) {
    public TargetTable {
        columns = List.copyOf(columns);
        folded = Map.copyOf(folded);
    }

    /** A table whose keys have one spelling each, and whose rows are not stamped. */
    public TargetTable(String schema, String name, List<String> columns, Key key, DeletePolicy removal) {
        this(schema, name, columns, key, Map.of(), removal, Optional.empty());
    }

    /** The same table; its rows are not stamped. */
    public TargetTable unstamped() {
        return new TargetTable(schema, name, columns, key, folded, removal, Optional.empty());
    }

    /** The table as the statements of package {@code sql} take it. */
    SqlTable sql() {
        return new SqlTable(schema, name, columns, key.columns(), folded, removal.marks(), stamp);
    }
}
