package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The figures of the view {@code etl_monitoring}, where each is defined, and the list of tables that they rest on. */
public final class Monitoring {
    /** The view's columns, in its order: six figures, each with the numbers that it is made of. */
    public static final List<String> FIGURES = List.of(
            "tracking_coverage_percent",
            "tracked_tables",
            "configured_tables",
            "incremental_success_rate_percent",
            "incremental_loads_succeeded",
            "incremental_loads",
            "data_capture_rate_percent",
            "rows_captured",
            "rows_not_captured",
            "time_saved_percent",
            "time_saved_seconds",
            "duplicate_key_error_rate_percent",
            "loads_with_duplicate_key",
            "loads",
            "duplicate_key_dead_letters",
            "integrity_violations");

    private final JdbcClient target;
    private final TransactionTemplate transaction;
    private final Warehouse warehouse;

    public Monitoring(Warehouse warehouse) {
        this.warehouse = warehouse;
        this.target = warehouse.jdbc();
        this.transaction = warehouse.transaction();
    }

    /** By column of the view; empty where there is nothing to divide by yet. */
    public Map<String, OptionalDouble> figures() {
        return target.sql("SELECT " + String.join(", ", FIGURES) + " FROM " + warehouse.table("etl_monitoring"))
                .query((row, number) -> figures(row))
                .single();
    }

    /**
     * Stores which tables ought to be tracked.
     *
     * @param reconciled by table: false with {@code reconcile: off}
     */
    public void configured(Map<String, Boolean> reconciled) {
        String[] names = reconciled.keySet().toArray(String[]::new);
        String table = warehouse.table("etl_configured_table");
        transaction.executeWithoutResult(status -> {
            target.sql("DELETE FROM " + table + " WHERE table_name <> ALL (?)")
                    .param(names)
                    .update();
            target.sql("INSERT INTO " + table
                            + " (table_name, reconciled) SELECT * FROM unnest(?, ?) AS t (name, reconciled)"
                            + " ON CONFLICT (table_name) DO UPDATE SET reconciled = EXCLUDED.reconciled"
                            + " WHERE " + table + ".reconciled <> EXCLUDED.reconciled")
                    .params(names, reconciled.values().toArray(Boolean[]::new))
                    .update();
        });
    }

    private static Map<String, OptionalDouble> figures(ResultSet row) throws SQLException {
        Map<String, OptionalDouble> figures = new LinkedHashMap<>();
        for (String column : FIGURES) {
            double value = row.getDouble(column);
            figures.put(column, row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value));
        }
        return figures;
    }
}
