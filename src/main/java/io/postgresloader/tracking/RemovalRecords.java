package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds rows to {@code etl_table_metrics} for what was removed from the target, in the running transaction. */
public final class RemovalRecords {
    private final JdbcClient target;
    private final String table;

    public RemovalRecords(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.table = warehouse.table("etl_table_metrics");
    }

    /**
     * Rows that were deleted or marked.
     *
     * @param id identifies the repair
     * @param rows how many
     * @param reason how they were found, as text
     */
    public void deleted(String id, String tableName, long rows, String reason) {
        add(id, tableName, "delete", rows, rows, reason);
    }

    /**
     * Values of excluded columns.
     *
     * @param id identifies the removal
     * @param values how many
     * @param reason what was removed, as text
     */
    public void purged(String id, String tableName, long values, String reason) {
        add(id, tableName, "purge", values, null, reason);
    }

    private void add(String id, String tableName, String type, long removed, Long rows, String reason) {
        target.sql("INSERT INTO " + table + " (pipeline_id, table_name, rows_processed, processing_time, success,"
                        + " load_type, load_reason, rows_deleted, \"timestamp\")"
                        + " VALUES (?, ?, ?, 0, true, ?, ?, ?, now() AT TIME ZONE 'UTC')")
                .params(id, tableName, removed, type, reason, rows)
                .update();
    }
}
