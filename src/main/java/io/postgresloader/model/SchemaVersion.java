package io.postgresloader.model;

import java.time.ZoneId;
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
     * @param sourceType the type that the source declares, with the character set if it has one; in one spelling for all
     *     versions of the servers, e.g. {@code bigint} for {@code bigint(20)}
     * @param targetType the PostgreSQL type
     * @param ours whether the loader chose the target's type, and may widen it
     * @param wallClock the zone on whose wall clock a {@code timestamp} is stored; empty: in UTC, as by every version
     *     before 0.2.0, or another type
     */
    public record LoadedColumn(
            String name, String sourceType, String targetType, boolean ours, Optional<String> wallClock) {
        public LoadedColumn {
            sourceType = TypeSpelling.of(sourceType);
        }

        /** Whether the source declares the same type now. */
        public boolean sameSourceType(Column now) {
            return sourceType.equals(now.spelled());
        }

        /** A column that is not stored on a wall clock. */
        public LoadedColumn(String name, String sourceType, String targetType, boolean ours) {
            this(name, sourceType, targetType, ours, Optional.empty());
        }

        /** This column, stored on the wall clock of a zone. */
        public LoadedColumn on(Optional<ZoneId> zone) {
            return new LoadedColumn(name, sourceType, targetType, ours, zone.map(ZoneId::getId));
        }
    }
}
