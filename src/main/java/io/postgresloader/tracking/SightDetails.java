package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a message says beside the state of a table; read only for tables that a message is made of. */
public final class SightDetails {
    private static final int MOST_REASONS = 3;

    private final JdbcClient target;
    private final Warehouse warehouse;

    public SightDetails(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.warehouse = warehouse;
    }

    /** Why rows of a table became dead letters, the most frequent reasons first, with counts and without keys. */
    public List<String> deadLetters(String table) {
        return target.sql("SELECT count(*) || ' × ' || concat_ws(': ', 'column ' || column_name, message) FROM "
                        + warehouse.table("etl_dead_letter")
                        + " WHERE table_name = ? AND state = 'open' AND key IS NOT NULL"
                        + " GROUP BY column_name, message ORDER BY count(*) DESC, 1 LIMIT " + MOST_REASONS)
                .param(table)
                .query(String.class)
                .list();
    }

    /** How many rows the last comparison of a table found: missing, different, extra; empty: it counted none. */
    public Map<String, Long> compared(String table) {
        Map<String, Long> counts = new LinkedHashMap<>();
        target.sql("SELECT rows_missing, rows_different, rows_extra FROM " + warehouse.table("etl_table_metrics")
                        + " WHERE table_name = ? AND rows_equal IS NOT NULL ORDER BY \"timestamp\" DESC LIMIT 1")
                .param(table)
                .query(row -> {
                    counts.put("missing", row.getLong("rows_missing"));
                    counts.put("different", row.getLong("rows_different"));
                    counts.put("extra", row.getLong("rows_extra"));
                });
        return counts;
    }

    /** What differs between a version of a table's schema and the newest one, in words. */
    public List<String> schemaChanges(String table, int since) {
        return target.sql("SELECT c FROM " + warehouse.table("etl_schema_version") + " v,"
                        + " jsonb_array_elements_text(v.changes) WITH ORDINALITY AS c (c, place)"
                        + " WHERE v.table_name = ? AND v.version > ? ORDER BY v.version, place")
                .params(table, since)
                .query(String.class)
                .list();
    }

    /** Counts of the loads that ended within a time: loads, failed, rows inserted and updated; and rows deleted. */
    public Map<String, Long> loads(Duration within) {
        Map<String, Long> counts = new LinkedHashMap<>();
        target.sql("SELECT count(*) FILTER (WHERE rows_equal IS NULL) AS loads,"
                        + " count(*) FILTER (WHERE rows_equal IS NULL AND NOT success) AS failed,"
                        + " coalesce(sum(rows_inserted), 0) AS inserted, coalesce(sum(rows_updated), 0) AS updated FROM "
                        + warehouse.table("etl_table_metrics")
                        + " WHERE \"timestamp\" > now() AT TIME ZONE 'UTC' - make_interval(secs => ?)")
                .param((double) within.toSeconds())
                .query(row -> {
                    for (String name : List.of("loads", "failed", "inserted", "updated")) {
                        counts.put(name, row.getLong(name));
                    }
                });
        return counts;
    }

    /** The reasons in one text; empty: there is none. */
    public static Optional<String> joined(List<String> reasons) {
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }
}
