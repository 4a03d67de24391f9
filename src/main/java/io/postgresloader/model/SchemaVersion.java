package io.postgresloader.model;

import java.util.List;
import java.util.Optional;

/**
 * What a table looked like on both sides when a load last made it ready.
 *
 * @param number counts the versions of a table from 1
 * @param key what identified a row
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
     * @param sourceType the type that the source declares, with its character set where it has one
     * @param targetType the PostgreSQL type
     * @param ours whether the loader chose the target's type, and may widen it
     */
    public record LoadedColumn(String name, String sourceType, String targetType, boolean ours) {}
}
