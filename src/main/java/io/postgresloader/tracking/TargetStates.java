package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Detects from PostgreSQL's catalog that another program changed a target table since the loader last wrote it.
 * TRUNCATE, VACUUM FULL, CLUSTER, some forms of ALTER TABLE, and DROP with CREATE give a table new files; other changes
 * of its columns show in its attributes, and deleted rows in its statistics. Rows that another program inserts or
 * updates do not show here.
 */
public final class TargetStates {
    /**
     * Two hashes, of the table's files, including those of its partitions, and of its columns; and how many rows were
     * deleted since PostgreSQL's statistics began. A session reports its deletes within seconds.
     */
    private static final String CURRENT_OF =
            """
            SELECT f.storage, f.deleted,
              (SELECT pg_catalog.hashtextextended(pg_catalog.string_agg(pg_catalog.concat_ws(':', a.attnum, a.attname,
                  a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated), ',' ORDER BY a.attnum),
                  0::bigint)::text
                FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
                AS columns
            FROM pg_catalog.pg_class c, LATERAL (
              SELECT pg_catalog.hashtextextended(pg_catalog.string_agg(pg_catalog.concat_ws(':', p.oid,
                  pg_catalog.pg_relation_filenode(p.oid)), ',' ORDER BY p.oid), 0::bigint)::text AS storage,
                pg_catalog.sum(pg_catalog.pg_stat_get_tuples_deleted(p.oid))::bigint AS deleted
              FROM (SELECT c.oid UNION SELECT relid FROM pg_catalog.pg_partition_tree(c.oid)) AS p (oid)) f
            WHERE c.oid = pg_catalog.to_regclass(%s)""";

    private static final String CURRENT = CURRENT_OF.formatted("?");

    /** The least number of a transaction that had not ended when the statement began. */
    private static final String ENDED_BEFORE = "pg_catalog.txid_snapshot_xmin(pg_catalog.txid_current_snapshot())";

    /** The deletes of the loader that the statistics do not show yet; none after the statistics were reset. */
    private static final String OWN_DELETES =
            "CASE WHEN t.deleted < (s.target_state ->> 'deleted')::bigint THEN 0 ELSE greatest(0,"
                    + " coalesce((s.target_state ->> 'own_deletes')::bigint, 0)"
                    + " - (t.deleted - coalesce((s.target_state ->> 'deleted')::bigint, t.deleted))) END";

    private final JdbcClient target;
    private final Warehouse warehouse;
    private final String status;

    public TargetStates(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.warehouse = warehouse;
        this.status = warehouse.table("etl_load_status");
    }

    /** How a target table compares with the state that was recorded for it. */
    public enum Change {
        /** Nothing was recorded yet, or the table is missing. */
        UNKNOWN,
        /** The same files and columns. */
        NONE,
        /** The same files and other columns. */
        COLUMNS,
        /** The same files, from which another program deleted rows. */
        DELETED,
        /** Other files: none, some or all of the rows may be left. */
        REWRITTEN
    }

    /** How the table compares with its recorded state; the table's rows are not read. */
    public Change change(String table) {
        return changes(List.of(table)).getOrDefault(table, Change.UNKNOWN);
    }

    /**
     * How tables compare with their recorded states, in one query; a table that is missing in the answer is
     * {@link Change#UNKNOWN}. The rows of the tracking table are read as JSON, so that the command {@code plan} can read
     * one of an earlier version.
     */
    public Map<String, Change> changes(Collection<String> tables) {
        Map<String, Change> changes = new HashMap<>();
        target.sql(
                        "SELECT s.table_name, s.state ->> 'storage' AS storage_before, s.state ->> 'columns' AS columns_before,"
                                + " t.deleted - (s.state ->> 'deleted')::bigint"
                                + " > (s.state ->> 'own_deletes')::bigint AS deletes,"
                                + " t.storage, t.columns FROM (SELECT r.table_name, asked.relation,"
                                + " pg_catalog.to_jsonb(r) -> 'target_state' AS state FROM "
                                + status
                                + " r JOIN unnest(?, ?) asked (name, relation) ON r.table_name = asked.name) s,"
                                + " LATERAL (" + CURRENT_OF.formatted("s.relation") + ") t")
                .param(tables.toArray(String[]::new))
                .param(tables.stream().map(warehouse::table).toArray(String[]::new))
                .query(row -> {
                    changes.put(row.getString("table_name"), change(row));
                });
        return changes;
    }

    /**
     * Whether the table's new files have rows that were written before its state was recorded. VACUUM FULL and CLUSTER
     * move rows into new files, and each row keeps the number of the transaction that wrote it ({@code xmin}). No such
     * row is left after TRUNCATE, in another table of the same name, and where ALTER TABLE wrote the rows again. Of a
     * partitioned table it is not known, since only some of its partitions may be new. Stops at the first such row.
     */
    public boolean movedRows(String table) {
        return target.sql("SELECT c.relkind = 'r' AND EXISTS (SELECT 1 FROM " + warehouse.table(table) + " t"
                        // Above 2^31 transactions, age() repeats: then nothing is older than s.age.
                        + " WHERE s.age >= 0 AND pg_catalog.age(t.xmin) > s.age)"
                        + " FROM pg_catalog.pg_class c, (SELECT pg_catalog.txid_current()"
                        + " - (target_state ->> 'ended_before')::bigint AS age FROM " + status
                        + " WHERE table_name = ?) s WHERE c.oid = pg_catalog.to_regclass(?)")
                .params(table, warehouse.table(table))
                .query(Boolean.class)
                .single();
    }

    /** Records the table's state, and the transaction before which all have ended. */
    public void record(String table, long epoch) {
        target.sql("UPDATE " + status + " s SET target_state = pg_catalog.jsonb_build_object('storage', t.storage,"
                        + " 'columns', t.columns, 'deleted', t.deleted, 'own_deletes', " + OWN_DELETES
                        + ", 'ended_before', " + ENDED_BEFORE + "),"
                        + " purged_columns = CASE WHEN s.target_state ->> 'storage' = t.storage"
                        + " THEN s.purged_columns END FROM (" + CURRENT + ") t WHERE s.table_name = ? AND s.epoch = ?")
                .params(warehouse.table(table), table, epoch)
                .update();
    }

    /** Records, if the files have not changed, that rows were written: {@link #movedRows} then knows these rows. */
    public void recordRows(String table, long epoch) {
        target.sql("UPDATE " + status + " s SET target_state = s.target_state"
                        + " || pg_catalog.jsonb_build_object('ended_before', " + ENDED_BEFORE + ") FROM (" + CURRENT
                        + ") t WHERE s.target_state ->> 'storage' = t.storage AND s.table_name = ? AND s.epoch = ?")
                .params(warehouse.table(table), table, epoch)
                .update();
    }

    /** Records rows that the loader itself deletes in the running transaction, outside a load or within one. */
    public void deleting(String table, long rows) {
        target.sql("UPDATE " + status
                        + " SET target_state = target_state || pg_catalog.jsonb_build_object('own_deletes',"
                        + " coalesce((target_state ->> 'own_deletes')::bigint, 0) + ?) WHERE table_name = ?")
                .params(rows, table)
                .update();
    }

    /** The excluded columns whose values were removed from the table's current files. */
    public Set<String> purged(String table) {
        return target.sql("SELECT pg_catalog.jsonb_array_elements_text(purged_columns) FROM " + status
                        + " WHERE table_name = ?")
                .param(table)
                .query(String.class)
                .set();
    }

    /** Records the excluded columns whose values were removed; none: the next purge looks at all of them. */
    public void purged(String table, long epoch, Set<String> columns) {
        target.sql("UPDATE " + status + " SET purged_columns = CAST(? AS jsonb) WHERE table_name = ? AND epoch = ?")
                .params(Json.write(columns), table, epoch)
                .update();
    }

    private static Change change(ResultSet row) throws SQLException {
        Optional<String> before = Optional.ofNullable(row.getString("storage_before"));
        if (before.isEmpty()) {
            return Change.UNKNOWN;
        }
        if (!before.get().equals(row.getString("storage"))) {
            return Change.REWRITTEN;
        }
        if (row.getBoolean("deletes")) {
            return Change.DELETED;
        }
        return row.getString("columns").equals(row.getString("columns_before")) ? Change.NONE : Change.COLUMNS;
    }
}
