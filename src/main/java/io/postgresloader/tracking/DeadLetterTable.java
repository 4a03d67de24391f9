package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import io.postgresloader.model.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The entries of {@code etl_dead_letter}; new ones are written by the route {@code dead-letter}. */
public final class DeadLetterTable {
    private final JdbcClient target;
    private final String table;

    public DeadLetterTable(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.table = warehouse.table("etl_dead_letter");
    }

    /** How many entries of a table are open. */
    public long open(String tableName) {
        return target.sql("SELECT count(*) FROM " + table + " WHERE table_name = ? AND state = 'open'")
                .param(tableName)
                .query(Long.class)
                .single();
    }

    /** How many entries of each of these tables are open; tables without any are left out. */
    public Map<String, Long> open(Collection<String> tableNames) {
        Map<String, Long> open = new TreeMap<>();
        target.sql("SELECT table_name, count(*) FROM " + table + " WHERE state = 'open' AND table_name = ANY (?)"
                        + " GROUP BY 1")
                .param(tableNames.toArray(String[]::new))
                .query(row -> {
                    open.put(row.getString(1), row.getLong(2));
                });
        return open;
    }

    /** Whether an open entry of a table blames this column. */
    public boolean openFor(String tableName, String column) {
        return target.sql("SELECT EXISTS (SELECT 1 FROM " + table
                        + " WHERE table_name = ? AND column_name = ? AND state = 'open')")
                .params(tableName, column)
                .query(Boolean.class)
                .single();
    }

    /** The tables that have an open entry. */
    public List<String> tablesWithOpen() {
        return target.sql("SELECT DISTINCT table_name FROM " + table + " WHERE state = 'open' ORDER BY table_name")
                .query(String.class)
                .list();
    }

    /** The keys of at most {@code limit} open entries with ids above {@code after}, by entry id. */
    public Map<Long, RowKey> openKeys(String tableName, long after, int limit) {
        return keys(
                " WHERE table_name = ? AND state = 'open' AND key IS NOT NULL AND id > ? ORDER BY id LIMIT ?",
                tableName,
                after,
                limit);
    }

    /** Those of these keys that have an open entry, by entry id. */
    public Map<Long, RowKey> openAmong(String tableName, List<RowKey> among) {
        return among("", tableName, among);
    }

    /** Those of these keys whose entry was open before this load met them, whether it has met them yet or not. */
    public Collection<RowKey> openBefore(String tableName, String loadId, List<RowKey> among) {
        return among(" AND (load_id <> ? OR attempts > 1)", tableName, among, loadId)
                .values();
    }

    /** How many rows that became dead letters in this load had an open entry before. */
    public long openBefore(String tableName, String loadId) {
        return target.sql("SELECT count(*) FROM " + table + " WHERE table_name = ? AND load_id = ? AND state = 'open'"
                        + " AND key IS NOT NULL AND attempts > 1")
                .params(tableName, loadId)
                .query(Long.class)
                .single();
    }

    private Map<Long, RowKey> among(String condition, String tableName, List<RowKey> among, Object... parameters) {
        List<Object> all = new ArrayList<>();
        all.add(among.stream().map(Json::write).toArray(String[]::new));
        all.add(tableName);
        all.addAll(List.of(parameters));
        return keys(
                " d JOIN unnest(CAST(? AS jsonb[])) AS w (wanted)"
                        + " ON hashtextextended(coalesce(key::text, ''), 0) = hashtextextended(wanted::text, 0)"
                        + " AND hashtextextended(coalesce(key::text, ''), 1) = hashtextextended(wanted::text, 1)"
                        + " WHERE table_name = ? AND state = 'open'" + condition + " ORDER BY id",
                all.toArray());
    }

    /** The keys of a load's open entries for rows whose unique values other rows had, by entry id. */
    public Map<Long, RowKey> conflicts(String tableName, String loadId, int limit) {
        return keys(
                " WHERE table_name = ? AND load_id = ? AND state = 'open' AND sqlstate = '23505' AND key IS NOT NULL"
                        + " ORDER BY id LIMIT ?",
                tableName,
                loadId,
                limit);
    }

    private Map<Long, RowKey> keys(String where, Object... parameters) {
        Map<Long, RowKey> keys = new LinkedHashMap<>();
        target.sql("SELECT id, key::text FROM " + table + where)
                .params(parameters)
                .query(row -> {
                    keys.put(row.getLong(1), new RowKey(Json.readTexts(row.getString(2))));
                });
        return keys;
    }

    /** Closes open entries by id. */
    public int close(List<Long> ids, String state) {
        return target.sql("UPDATE " + table + " SET state = ?, last_seen = now() WHERE id = ANY (?) AND state = 'open'")
                .params(state, new ArrayList<>(ids).toArray(Long[]::new))
                .update();
    }

    /**
     * Closes those of these entries that a load has not met: their rows are not in the source any more. A load that
     * meets the row of an entry closes the entry, or leaves its own id in it.
     */
    public void closeNotMet(List<Long> ids, String loadId) {
        target.sql("UPDATE " + table + " SET state = 'superseded', last_seen = now()"
                        + " WHERE id = ANY (?) AND state = 'open' AND load_id <> ?")
                .params(ids.toArray(Long[]::new), loadId)
                .update();
    }

    /** Closes the entries for rows of a table that a load has not met, although it has read every row of the table. */
    public void closeNotMet(String tableName, String loadId) {
        target.sql("UPDATE " + table + " SET state = 'superseded', last_seen = now()"
                        + " WHERE table_name = ? AND state = 'open' AND key IS NOT NULL AND load_id <> ?")
                .params(tableName, loadId)
                .update();
    }

    /** Closes the open entry that says that a load of this table failed: a later one succeeded. */
    public int closeFailedLoad(String tableName) {
        return target.sql("UPDATE " + table + " SET state = 'superseded', last_seen = now()"
                        + " WHERE table_name = ? AND key IS NULL AND state = 'open'")
                .param(tableName)
                .update();
    }
}
