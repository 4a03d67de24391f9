package io.postgresloader.model;

import java.util.List;
import java.util.Optional;

/**
 * The columns of a table on both sides when a load last prepared it.
 *
 * @param number the version of the table, from 1
 * @param key the columns that identified a row
 * @param columns the columns that were loaded, in the order of the source
 */
public record SchemaVersion(int number, Key key, List<LoadedColumn> columns) {
    public SchemaVersion {
        columns = List.copyOf(columns);
    }

    public Optional<LoadedColumn> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /**
     * A column on both sides.
     *
     * @param name its name
     * @param sourceType the type that the source declares, with the character set if it has one
     * @param targetType the PostgreSQL type
     * @param ours whether the loader chose the target's type, and may widen it
     */
    public record LoadedColumn(String name, String sourceType, String targetType, boolean ours) {}
}
