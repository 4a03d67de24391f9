package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds rows to {@code etl_table_metrics} for values of excluded columns that were removed from the target. */
public final class PurgeRecords {
    private final JdbcClient target;
    private final String table;

    public PurgeRecords(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.table = warehouse.table("etl_table_metrics");
    }

    /**
     * Adds a row.
     *
     * @param id identifies the removal
     * @param removed how many values were removed
     * @param reason what was removed, in words
     */
    public void add(String id, String tableName, long removed, String reason) {
        target.sql("INSERT INTO " + table + " (pipeline_id, table_name, rows_processed, processing_time, success,"
                        + " load_type, load_reason, \"timestamp\")"
                        + " VALUES (?, ?, ?, 0, true, 'purge', ?, now() AT TIME ZONE 'UTC')")
                .params(id, tableName, removed, reason)
                .update();
    }
}
