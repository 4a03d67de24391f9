package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import io.postgresloader.model.CheckHistory;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores what was seen of the checks and repairs of source tables. */
public final class CheckRecords {
    private final JdbcClient target;
    private final String status;

    public CheckRecords(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.status = warehouse.table("etl_load_status");
    }

    /** The history of a table; empty: the table was not seen before, or another version of the loader saw it. */
    public Optional<CheckHistory> of(String table) {
        return target.sql("SELECT source_checks FROM " + status + " WHERE table_name = ? AND source_checks IS NOT NULL")
                .param(table)
                .query(String.class)
                .optional()
                .flatMap(json -> Json.tryRead(json, CheckHistory.class));
    }

    /** The histories of tables that have one, in one query. */
    public Map<String, CheckHistory> of(Collection<String> tables) {
        Map<String, CheckHistory> histories = new HashMap<>();
        target.sql("SELECT table_name, source_checks FROM " + status
                        + " WHERE table_name = ANY (?) AND source_checks IS NOT NULL")
                .param(tables.toArray(String[]::new))
                .query(row -> {
                    String table = row.getString("table_name");
                    Json.tryRead(row.getString("source_checks"), CheckHistory.class)
                            .ifPresent(history -> histories.put(table, history));
                });
        return histories;
    }

    public void store(String table, CheckHistory history) {
        target.sql("UPDATE " + status + " SET source_checks = CAST(? AS jsonb) WHERE table_name = ?")
                .params(Json.write(history), table)
                .update();
    }
}
