package io.postgresloader.target;

import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Key;
import io.postgresloader.sql.UpsertSql;
import java.util.List;

/**
 * A table that is ready to be written.
 *
 * @param schema its schema
 * @param name its name
 * @param columns the columns that arrive, in the order of the source
 * @param key the columns that identify a row; a unique index covers them
 * @param marks whether rows that were deleted in the source are marked and not deleted
 */
public record TargetTable(String schema, String name, List<String> columns, Key key, boolean marks) {
    public TargetTable {
        columns = List.copyOf(columns);
    }

    /** How rows of the table are removed: {@code DELETE} or {@code MARK}. */
    public DeletePolicy removal() {
        return marks ? DeletePolicy.MARK : DeletePolicy.DELETE;
    }

    /** The statements that write and compare it. */
    UpsertSql sql() {
        return new UpsertSql(schema, name, columns, key.columns(), marks);
    }
}
