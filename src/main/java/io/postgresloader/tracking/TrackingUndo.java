package io.postgresloader.tracking;

import io.postgresloader.sql.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives a warehouse back to the loader that it was taken over from: its tracking tables are as they were copied, in
 * place, so that views on them stay; ours go. Tables with data are not touched.
 */
public final class TrackingUndo {
    /** The constraint that a tracking table of another loader got from us. */
    static final String UNIQUE = "etl_load_status_loader_unique";

    private static final List<String> OURS =
            List.of("etl_dead_letter", "etl_schema_version", "etl_schema_history", "etl_configured_table");

    private final DataSource dataSource;
    private final JdbcClient target;
    private final TrackingCatalog catalog;
    private final String schema;

    public TrackingUndo(DataSource target, String schema) {
        this.dataSource = target;
        this.target = JdbcClient.create(target);
        this.catalog = new TrackingCatalog(target, schema);
        this.schema = schema;
    }

    /** The copies of another loader's tracking table, the newest first; copies of ours are not among them. */
    public List<String> backups() {
        return catalog.tablesLike(TrackingSetup.STATUS + TrackingSetup.BACKUP).stream()
                .filter(name -> !catalog.columns(name).contains("epoch"))
                .toList();
    }

    /** Restores a copy, in one transaction. It waits two seconds at most for whoever uses the tables. */
    public void restore(String backup) {
        List<String> statements = new ArrayList<>(List.of("SET LOCAL lock_timeout = '2s'"));
        statements.add("DROP VIEW IF EXISTS " + name("etl_monitoring"));
        restore(TrackingSetup.STATUS, backup, statements);
        statements.add("ALTER TABLE " + name(TrackingSetup.STATUS) + " DROP CONSTRAINT IF EXISTS " + UNIQUE);
        String stamp = backup.substring((TrackingSetup.STATUS + TrackingSetup.BACKUP).length());
        String metrics = TrackingSetup.METRICS + TrackingSetup.BACKUP + stamp;
        if (catalog.columns(metrics).isEmpty()) {
            statements.add("DROP TABLE IF EXISTS " + name(TrackingSetup.METRICS));
        } else {
            statements.add("DELETE FROM " + name(TrackingSetup.METRICS) + " WHERE load_type IS NOT NULL");
            dropAdded(TrackingSetup.METRICS, metrics, statements);
        }
        OURS.forEach(table -> statements.add("DROP TABLE IF EXISTS " + name(table)));
        new SearchPath(dataSource, schema).exclude().ifPresent(statements::add);
        new TransactionTemplate(new DataSourceTransactionManager(dataSource))
                .executeWithoutResult(status ->
                        statements.forEach(statement -> target.sql(statement).update()));
    }

    private void restore(String table, String backup, List<String> statements) {
        String columns =
                catalog.columns(backup).stream().map(Identifiers::postgres).collect(Collectors.joining(", "));
        statements.add("DELETE FROM " + name(table));
        statements.add("INSERT INTO " + name(table) + " (" + columns + ") SELECT " + columns + " FROM " + name(backup));
        dropAdded(table, backup, statements);
    }

    private void dropAdded(String table, String backup, List<String> statements) {
        List<String> kept = catalog.columns(backup);
        Optional<String> drops = catalog.columns(table).stream()
                .filter(column -> !kept.contains(column))
                .map(column -> "DROP COLUMN " + Identifiers.postgres(column))
                .reduce((one, other) -> one + ", " + other);
        drops.ifPresent(clauses -> statements.add("ALTER TABLE " + name(table) + " " + clauses));
    }

    private String name(String table) {
        return Identifiers.postgres(schema, table);
    }
}
