package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads in one query the rows of {@code etl_load_status} of tables whose last load left nothing to do: it succeeded, no
 * load runs, the table is not paused, and no dead letter of a whole load is open. Nothing is locked or claimed.
 */
public final class SettledTables {
    private final JdbcClient target;
    private final Warehouse warehouse;

    public SettledTables(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.warehouse = warehouse;
    }

    /**
     * A table's row as it was read.
     *
     * @param version the number of the transaction that wrote the row: any later write of the row gives it another one
     */
    public record Settled(String version, TableState state) {}

    /** Those of the tables, by name, that are settled. */
    public Map<String, Settled> among(Collection<String> tables) {
        Map<String, Settled> settled = new HashMap<>();
        target.sql(
                        ("""
                        SELECT s.table_name, s.xmin::text AS version, s.epoch, s.watermarks, s.fingerprint, s.bookmark,
                          s.source_state, s.source_settled, s.source_origin, s.backfill, %s, s.load_status AS status_before,
                          s.error_class AS error_class_before, s.error AS error_before
                        FROM %s s
                        WHERE s.table_name = ANY (:tables) AND s.load_status = 'success' AND s.source_settled
                          AND s.paused_at IS NULL
                          AND NOT EXISTS (SELECT 1 FROM %s d
                            WHERE d.table_name = s.table_name AND d.key IS NULL AND d.state = 'open')
                          AND %s""")
                                .formatted(
                                        LoadStatusTable.FOR_READERS,
                                        warehouse.table("etl_load_status"),
                                        warehouse.table("etl_dead_letter"),
                                        LoadLock.isFree("s.table_name")))
                .param("tables", tables.toArray(String[]::new))
                .param("locks", LoadLock.namesIn(warehouse))
                .query(row -> {
                    settled.put(
                            row.getString("table_name"),
                            new Settled(row.getString("version"), LoadStatusTable.claimed(row, 0)));
                });
        return settled;
    }
}
