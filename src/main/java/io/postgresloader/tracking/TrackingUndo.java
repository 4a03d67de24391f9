package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.sql.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives an adopted warehouse back to its former loader: restores its tracking tables from their copies, in place, so
 * that views on them stay, and drops this loader's own. Tables with data are not touched.
 */
public final class TrackingUndo {
    /** The constraint that a tracking table of another loader got from us. */
    static final String UNIQUE = "etl_load_status_loader_unique";

    /** The condition that the target still has a table; the parameter is the schema. */
    private static final String THERE = " AND to_regclass(format('%I.%I', ?, table_name)) IS NOT NULL";

    private static final List<String> OURS = List.of(
            "etl_dead_letter",
            "etl_schema_version",
            "etl_schema_history",
            "etl_configured_table",
            "etl_loader",
            "etl_deleted_row",
            "etl_notification",
            "etl_notified");

    private final Warehouse warehouse;
    private final JdbcClient target;
    private final TrackingCatalog catalog;

    public TrackingUndo(Warehouse warehouse) {
        this.warehouse = warehouse;
        this.target = warehouse.jdbc();
        this.catalog = new TrackingCatalog(warehouse);
    }

    /** Whether the tracking table is extended by ours; otherwise there is nothing to give back, or it has been. */
    public boolean due() {
        return catalog.columns(TrackingSetup.STATUS).contains("epoch");
    }

    /** The copies of another loader's tracking table, the newest first; copies of ours are not among them. */
    public List<String> backups() {
        return catalog.tablesLike(TrackingSetup.STATUS + TrackingSetup.BACKUP).stream()
                .filter(name -> !catalog.columns(name).contains("epoch"))
                .toList();
    }

    /**
     * Restores a copy, in one transaction. It waits two seconds at most for other sessions that use the tables.
     *
     * @throws LoadFailedException of kind SCHEMA when views show columns that would go; the message names them
     */
    public void restore(String backup) {
        String stamp = backup.substring((TrackingSetup.STATUS + TrackingSetup.BACKUP).length());
        String metricsBackup = TrackingSetup.METRICS + TrackingSetup.BACKUP + stamp;
        boolean metricsWereThere = !catalog.columns(metricsBackup).isEmpty();
        requireUnused(backup, metricsBackup);

        List<String> statements = new ArrayList<>(List.of("SET LOCAL lock_timeout = '2s'"));
        statements.add("DROP VIEW IF EXISTS " + name("etl_monitoring"));
        statements.add("DROP VIEW IF EXISTS " + name("etl_freshness"));
        statements.add("DROP VIEW IF EXISTS " + name("etl_table_state"));
        restore(TrackingSetup.STATUS, backup, statements);
        statements.add("ALTER TABLE " + name(TrackingSetup.STATUS) + " DROP CONSTRAINT IF EXISTS " + UNIQUE);
        if (metricsWereThere) {
            statements.add("DELETE FROM " + name(TrackingSetup.METRICS) + " WHERE " + TrackingSchema.OUR_METRICS);
            dropAdded(TrackingSetup.METRICS, metricsBackup, statements);
            statements.add("DROP INDEX IF EXISTS " + name("etl_table_metrics_table_time"));
        } else {
            statements.add("DROP TABLE IF EXISTS " + name(TrackingSetup.METRICS));
        }
        OURS.forEach(table -> statements.add("DROP TABLE IF EXISTS " + name(table)));
        new SearchPath(warehouse).exclude().ifPresent(statements::add);
        warehouse
                .transaction()
                .executeWithoutResult(status ->
                        statements.forEach(statement -> target.sql(statement).update()));
    }

    /**
     * What cannot be given back, one line for each table and kind of change: rows that loads and repairs wrote, whose
     * earlier values nobody has, and statements that changed a table. Empty if no table with data was changed.
     */
    public List<String> kept() {
        List<String> lines = new ArrayList<>();
        target.sql("SELECT table_name, sum(rows_inserted) AS inserted, sum(rows_updated) AS updated,"
                        + " sum(rows_deleted) AS deleted FROM " + name(TrackingSetup.METRICS) + " WHERE "
                        + TrackingSchema.OUR_METRICS + THERE + " GROUP BY table_name"
                        + " HAVING coalesce(sum(rows_inserted), 0) + coalesce(sum(rows_updated), 0)"
                        + " + coalesce(sum(rows_deleted), 0) > 0 ORDER BY table_name")
                .param(warehouse.schema())
                .query(row -> {
                    lines.add(row.getString("table_name") + ": this loader inserted " + row.getLong("inserted")
                            + ", updated " + row.getLong("updated") + " and deleted " + row.getLong("deleted")
                            + " rows; their earlier values were not kept");
                });
        target.sql("SELECT table_name, statement FROM " + name("etl_schema_version")
                        + " CROSS JOIN LATERAL jsonb_array_elements_text(statements) AS s (statement) WHERE true"
                        + THERE + " ORDER BY table_name, version")
                .param(warehouse.schema())
                .query(row -> {
                    lines.add(row.getString("table_name") + ": stays as changed by " + row.getString("statement"));
                });
        return lines;
    }

    /** Views are never dropped here: they belong to users. */
    private void requireUnused(String statusBackup, String metricsBackup) {
        Set<String> views =
                new TreeSet<>(catalog.viewsOn(TrackingSetup.STATUS, added(TrackingSetup.STATUS, statusBackup)));
        views.addAll(catalog.viewsOn(TrackingSetup.METRICS, added(TrackingSetup.METRICS, metricsBackup)));
        OURS.forEach(table -> views.addAll(catalog.viewsOn(table, catalog.columns(table))));
        if (!views.isEmpty()) {
            throw new LoadFailedException(new Failure(
                    FailureKind.SCHEMA,
                    Optional.empty(),
                    "these views show tables or columns of the loader, which would go: " + String.join(", ", views)
                            + "; drop them, or take those columns out, and run it again. Nothing was changed"));
        }
    }

    private void restore(String table, String backup, List<String> statements) {
        String columns =
                catalog.columns(backup).stream().map(Identifiers::postgres).collect(Collectors.joining(", "));
        statements.add("DELETE FROM " + name(table));
        statements.add("INSERT INTO " + name(table) + " (" + columns + ") OVERRIDING SYSTEM VALUE SELECT " + columns
                + " FROM " + name(backup));
        dropAdded(table, backup, statements);
    }

    private void dropAdded(String table, String backup, List<String> statements) {
        Optional<String> drops = added(table, backup).stream()
                .map(column -> "DROP COLUMN " + Identifiers.postgres(column))
                .reduce((one, other) -> one + ", " + other);
        drops.ifPresent(clauses -> statements.add("ALTER TABLE " + name(table) + " " + clauses));
    }

    /** The columns that the copy, which may not be there, does not have. */
    private List<String> added(String table, String backup) {
        List<String> kept = catalog.columns(backup);
        return catalog.columns(table).stream()
                .filter(column -> !kept.contains(column))
                .toList();
    }

    private String name(String table) {
        return warehouse.table(table);
    }
}
