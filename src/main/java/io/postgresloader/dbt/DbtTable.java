package io.postgresloader.dbt;

import io.postgresloader.model.Key;
import io.postgresloader.model.TableOptions;
import java.util.List;
import java.util.Optional;

/**
 * A table that the loader keeps up to date.
 *
 * @param options its entry in the table list
 * @param key the key by which it is loaded; its columns have a value in every row, and are unique together
 * @param comment the comment of the source's table
 * @param columns all columns of the target's table, in their order
 * @param stamp the column with the row stamps; empty: the table has none
 * @param marksDeletes whether rows that were deleted in the source stay, with a mark in {@code _deleted_at}; a column of
 *     that name that the source has is data
 */
record DbtTable(
        TableOptions options,
        Key key,
        Optional<String> comment,
        List<DbtColumn> columns,
        Optional<String> stamp,
        boolean marksDeletes) {
    DbtTable {
        columns = List.copyOf(columns);
    }

    String name() {
        return options.table();
    }

    Optional<DbtColumn> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
