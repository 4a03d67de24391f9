package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which tables an operator paused. The pause is in the table's row of {@code etl_load_status}, so that it outlasts the
 * process, and every loader of the warehouse obeys it.
 */
public final class PauseRecords {
    private final JdbcClient target;
    private final String table;

    public PauseRecords(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.table = warehouse.table("etl_load_status");
    }

    /** The paused tables, by name, each with the start of its pause by the target's clock. */
    public Map<String, Instant> paused() {
        Map<String, Instant> paused = new TreeMap<>();
        target.sql("SELECT table_name, paused_at FROM " + table + " WHERE paused_at IS NOT NULL")
                .query(row -> {
                    paused.put(
                            row.getString("table_name"),
                            row.getObject("paused_at", OffsetDateTime.class).toInstant());
                });
        return paused;
    }

    /**
     * Pauses tables, those without a row as well; a load that runs goes on to its end.
     *
     * @return those that were not paused before
     */
    public List<String> pause(Collection<String> tables) {
        return changed(
                "INSERT INTO " + table + " AS s (table_name, load_status, paused_at)"
                        + " SELECT name, 'pending', now() FROM unnest(?) name"
                        + " ON CONFLICT (table_name) DO UPDATE SET paused_at = now() WHERE s.paused_at IS NULL"
                        + " RETURNING table_name",
                tables);
    }

    /**
     * Ends the pause of tables.
     *
     * @return those that were paused
     */
    public List<String> resume(Collection<String> tables) {
        return changed(
                "UPDATE " + table + " SET paused_at = NULL WHERE table_name = ANY (?) AND paused_at IS NOT NULL"
                        + " RETURNING table_name",
                tables);
    }

    private List<String> changed(String update, Collection<String> tables) {
        return target.sql(update)
                .param(tables.toArray(String[]::new))
                .query(String.class)
                .list();
    }
}
