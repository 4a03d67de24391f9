package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds rows to {@code etl_table_metrics} for rows that were deleted or marked in the target. */
public final class DeleteRecords {
    private final JdbcClient target;
    private final String table;

    public DeleteRecords(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.table = warehouse.table("etl_table_metrics");
    }

    /**
     * Adds a row, in the running transaction.
     *
     * @param id identifies the repair
     * @param deleted how many rows were deleted or marked
     * @param reason how they were found, in words
     */
    public void add(String id, String tableName, long deleted, String reason) {
        target.sql("INSERT INTO " + table + " (pipeline_id, table_name, rows_processed, processing_time, success,"
                        + " load_type, load_reason, rows_deleted, \"timestamp\")"
                        + " VALUES (?, ?, ?, 0, true, 'delete', ?, ?, now() AT TIME ZONE 'UTC')")
                .params(id, tableName, deleted, reason, deleted)
                .update();
    }
}
