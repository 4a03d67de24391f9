package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import io.postgresloader.model.Bookmark;
import io.postgresloader.model.SourceOrigin;
import io.postgresloader.model.Watermarks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code etl_load_status}: one for every configured table. */
public final class LoadStatusTable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadStatusTable.class);

    /** What {@link #claimed} reads besides the state. The command {@code plan} may meet tables without these columns. */
    static final String FOR_READERS = "CASE WHEN stamped_up_to IS NOT NULL THEN stamp_column END AS stamp_column,"
            // Before a load of ours, last_loaded is what another loader wrote.
            + " CASE WHEN watermarks IS NOT NULL AND backfill IS NULL"
            + " THEN greatest(last_loaded, complete_up_to AT TIME ZONE 'UTC') END AS claimed_up_to";

    private final JdbcClient target;
    private final String table;
    private final String states;

    public LoadStatusTable(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.table = warehouse.table("etl_load_status");
        this.states = warehouse.table("etl_table_state");
    }

    /**
     * Creates the missing rows, as {@code pending}.
     *
     * @return how many were missing
     */
    public int createMissing(Collection<String> tables) {
        // A row that a chunk has written is skipped without waiting for the chunk; ON CONFLICT alone would wait.
        return target.sql("INSERT INTO " + table + " (table_name, load_status) SELECT t, 'pending' FROM unnest(?) t"
                        + " WHERE NOT EXISTS (SELECT FROM " + table + " s WHERE s.table_name = t)"
                        + " ON CONFLICT (table_name) DO NOTHING")
                .param(tables.toArray(String[]::new))
                .update();
    }

    /**
     * Marks a load of this epoch that ended without a result as {@code interrupted}; nothing changes if the load was
     * recorded.
     */
    public void interrupted(String tableName, long epoch) {
        target.sql("UPDATE " + table + " SET load_status = 'interrupted', _updated_at = now() AT TIME ZONE 'UTC'"
                        + " WHERE table_name = ? AND epoch = ? AND load_status = 'running'")
                .params(tableName, epoch)
                .update();
    }

    /**
     * Marks the loads as {@code interrupted} whose process ended without doing so: it was killed, or it had lost the
     * target. A load that another process begins meanwhile has a newer epoch.
     */
    public void interruptLost() {
        target.sql("UPDATE " + table + " s SET load_status = 'interrupted', _updated_at = now() AT TIME ZONE 'UTC'"
                        + " FROM (SELECT table_name, epoch FROM " + table + " JOIN " + states
                        + " t USING (table_name) WHERE load_status = 'running' AND t.state <> 'running') lost"
                        + " WHERE s.table_name = lost.table_name AND s.epoch = lost.epoch"
                        + " AND s.load_status = 'running'")
                .update();
    }

    /**
     * Begins a new epoch of a table: a load of an earlier epoch can no longer write the row. A table that is
     * {@code pending} forgets its watermarks and its bookmark.
     */
    public TableState claim(String tableName) {
        return target.sql("WITH before AS (SELECT load_status, error_class, error FROM " + table
                        + " WHERE table_name = :table FOR UPDATE)"
                        + " UPDATE " + table + " SET epoch = epoch + 1,"
                        + " watermarks = CASE WHEN before.load_status <> 'pending' THEN watermarks END,"
                        + " fingerprint = CASE WHEN before.load_status <> 'pending' THEN fingerprint END,"
                        + " bookmark = CASE WHEN before.load_status <> 'pending' THEN bookmark END,"
                        + " load_status = 'running', _updated_at = now() AT TIME ZONE 'UTC'"
                        + " FROM before WHERE table_name = :table"
                        + " RETURNING epoch, watermarks, fingerprint, bookmark, source_state, source_settled,"
                        + " source_origin, backfill, " + FOR_READERS + ","
                        + " before.load_status AS status_before,"
                        + " before.error_class AS error_class_before, before.error AS error_before")
                .param("table", tableName)
                .query(LoadStatusTable::claimed)
                .single();
    }

    /** The state that the next load of a table would begin from; the table is not claimed. */
    public TableState look(String tableName) {
        return target.sql("SELECT epoch,"
                        + " CASE WHEN load_status <> 'pending' THEN watermarks END AS watermarks,"
                        + " CASE WHEN load_status <> 'pending' THEN fingerprint END AS fingerprint,"
                        + " CASE WHEN load_status <> 'pending' THEN bookmark END AS bookmark,"
                        + " source_state, source_settled, source_origin, backfill,"
                        + " load_status AS status_before, error_class AS error_class_before, error AS error_before"
                        + " FROM " + table + " WHERE table_name = ?")
                .param(tableName)
                .query(LoadStatusTable::state)
                .optional()
                .orElse(TableState.UNKNOWN);
    }

    /** Stores the bookmark of a load that has not pulled anything yet. */
    public void begin(String tableName, long epoch, String bookmark) {
        target.sql("UPDATE " + table + " SET bookmark = CAST(? AS jsonb), _updated_at = now() AT TIME ZONE 'UTC'"
                        + " WHERE table_name = ? AND epoch = ?")
                .params(bookmark, tableName, epoch)
                .update();
    }

    /** Stores that all rows must be loaded again, and why; the bookmark of an unfinished load is cleared. */
    public void backfill(String tableName, long epoch, String reason) {
        target.sql("UPDATE " + table + " SET backfill = ?, bookmark = NULL, _updated_at = now() AT TIME ZONE 'UTC'"
                        + " WHERE table_name = ? AND epoch = ?")
                .params(reason, tableName, epoch)
                .update();
    }

    /**
     * Stores that the target table was found empty, so that all rows must be loaded again: it claims nothing until then,
     * and what was proven before is void. The bookmark of an unfinished load is cleared.
     */
    public void emptied(String tableName, long epoch, String reason) {
        target.sql("UPDATE " + table + " SET backfill = ?, bookmark = NULL, complete_up_to = NULL, void_epoch = epoch,"
                        + " _updated_at = now() AT TIME ZONE 'UTC' WHERE table_name = ? AND epoch = ?")
                .params(reason, tableName, epoch)
                .update();
    }

    /**
     * Clears the request to load all rows again, if this was its reason: the table is loaded up to the horizon of its
     * watermarks.
     */
    public void backfilled(String tableName, String reason) {
        target.sql("UPDATE " + table + " SET backfill = NULL, _updated_at = now() AT TIME ZONE 'UTC',"
                        + " last_loaded = coalesce((watermarks ->> 'horizon')::timestamp, last_loaded)"
                        + " WHERE table_name = ? AND backfill = ?")
                .params(tableName, reason)
                .update();
    }

    /**
     * Locks the row until the transaction ends.
     *
     * @return false when another load has begun a newer epoch
     */
    public boolean lock(String tableName, long epoch) {
        return target.sql("SELECT 1 FROM " + table + " WHERE table_name = ? AND epoch = ? FOR UPDATE")
                .params(tableName, epoch)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private static TableState state(ResultSet row, int rowNumber) throws SQLException {
        return new TableState(
                row.getLong("epoch"),
                new TableState.Ended(
                        row.getString("status_before"),
                        row.getString("error_class_before"),
                        row.getString("error_before")),
                Optional.ofNullable(row.getString("watermarks")).map(json -> Json.read(json, Watermarks.class)),
                Optional.ofNullable(row.getString("fingerprint"))
                        .map(Json::readTexts)
                        .orElse(Map.of()),
                bookmark(row),
                row.getString("source_state") == null
                        ? Optional.empty()
                        : Optional.of(
                                new TableState.Seen(row.getString("source_state"), row.getBoolean("source_settled"))),
                Optional.ofNullable(row.getString("source_origin"))
                        .flatMap(json -> Json.tryRead(json, SourceOrigin.class)),
                Optional.ofNullable(row.getString("backfill")));
    }

    static TableState claimed(ResultSet row, int rowNumber) throws SQLException {
        return state(row, rowNumber)
                .with(new TableState.ForReaders(
                        Optional.ofNullable(row.getString("stamp_column")),
                        Optional.ofNullable(row.getObject("claimed_up_to", LocalDateTime.class))));
    }

    /** A bookmark of another version of the loader is void: the load begins again. */
    private static Optional<Bookmark> bookmark(ResultSet row) throws SQLException {
        Optional<String> stored = Optional.ofNullable(row.getString("bookmark"));
        Optional<Bookmark> bookmark = stored.flatMap(json -> Json.tryRead(json, Bookmark.class));
        if (stored.isPresent() && bookmark.isEmpty()) {
            LOG.info("An unfinished load was begun by another version of the loader: it begins again");
        }
        return bookmark;
    }
}
