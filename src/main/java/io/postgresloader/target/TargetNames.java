package io.postgresloader.target;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.sql.Identifiers;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the names of a target table and its columns. */
public final class TargetNames {
    private static final Set<String> SYSTEM_COLUMNS = Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

    /** The loader's own tables, apart from the backups. */
    private static final Set<String> TRACKING = Set.of(
            "etl_load_status",
            "etl_table_metrics",
            "etl_dead_letter",
            "etl_schema_version",
            "etl_schema_history",
            "etl_configured_table",
            "etl_loader",
            "etl_deleted_row",
            "etl_notification",
            "etl_notified",
            "etl_freshness",
            "etl_table_state",
            "etl_monitoring");

    private static final List<String> BACKUPS = List.of("etl_load_status_backup_", "etl_table_metrics_backup_");

    private TargetNames() {}

    /**
     * @throws LoadFailedException of kind SCHEMA when PostgreSQL could not hold a name, or would take it for
     * another
     */
    public static void require(String table, Collection<String> columns) {
        if (TRACKING.contains(table) || BACKUPS.stream().anyMatch(table::startsWith)) {
            throw error("table " + table + ": the loader keeps a table of its own under this name; take it out of the"
                    + " table list");
        }
        requireLength("table ", table, "; PostgreSQL would cut it, so that it cannot be loaded");
        for (String column : columns) {
            requireLength("table " + table + ": column ", column, "; leave it out with exclude_columns");
            if (SYSTEM_COLUMNS.contains(column)) {
                throw error("table " + table + ": column " + column
                        + " has the name of a system column of PostgreSQL; leave it out with exclude_columns");
            }
        }
    }

    private static void requireLength(String what, String name, String fix) {
        try {
            Identifiers.postgres(name);
        } catch (IllegalArgumentException e) {
            throw error(what + name + ": " + e.getMessage() + fix);
        }
    }

    private static LoadFailedException error(String message) {
        return new LoadFailedException(new Failure(FailureKind.SCHEMA, Optional.empty(), message));
    }
}
