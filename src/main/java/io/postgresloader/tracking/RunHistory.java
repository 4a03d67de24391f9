package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the rows of {@code etl_table_metrics}: runs that ended. One statement reads them for all tables. */
public final class RunHistory {
    /** The runs that changed rows, compared or failed; the condition of the index {@code etl_table_metrics_changed}. */
    private static final String CHANGED =
            "(rows_inserted > 0 OR rows_updated > 0 OR rows_deleted > 0" + " OR rows_equal IS NOT NULL OR NOT success)";

    private final JdbcClient target;
    private final String metrics;
    private final String status;

    public RunHistory(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.metrics = warehouse.table("etl_table_metrics");
        this.status = warehouse.table("etl_load_status");
    }

    /**
     * A run.
     *
     * @param id the load's id; the same for its log lines and dead letters
     * @param type empty: another loader wrote the row, or the load failed before it knew
     * @param read rows read from the source; of a comparison, rows compared
     * @param inserted empty, as the other counts: not counted
     * @param equal of a comparison; empty: the run is none, or the comparison failed
     */
    public record Run(
            String id,
            Optional<String> cycle,
            Optional<String> type,
            Instant ended,
            double seconds,
            boolean success,
            long read,
            Optional<Long> inserted,
            Optional<Long> updated,
            Optional<Long> unchanged,
            Optional<Long> deleted,
            Optional<Long> deadLettered,
            Optional<Long> equal,
            Optional<Long> missing,
            Optional<Long> different,
            Optional<Long> extra,
            Optional<String> reason,
            Optional<String> error) {}

    /**
     * A run in a few figures.
     *
     * @param changed rows inserted, updated and deleted; of a comparison, rows missing, different and extra
     */
    public record Figure(Instant ended, long changed, double seconds, boolean success) {}

    /**
     * What runs changed in one day of a table.
     *
     * @param day 0: the last 24 hours, 1: the 24 hours before, and so on
     */
    public record Day(int day, long inserted, long updated, long deleted) {}

    /**
     * What is known of the last days of a table.
     *
     * @param known how long ago its oldest run ended that is kept
     * @param days the days in which rows changed
     */
    public record Days(Duration known, List<Day> days) {}

    /** The last runs of each table that changed rows, compared or failed, the oldest first; tables without any are left out. */
    public Map<String, List<Figure>> changed(int limit) {
        Map<String, List<Figure>> runs = new HashMap<>();
        target.sql("SELECT s.table_name, r.* FROM " + status + " s CROSS JOIN LATERAL (SELECT \"timestamp\","
                        + " coalesce(rows_inserted, 0) + coalesce(rows_updated, 0) + coalesce(rows_deleted, 0)"
                        + " + coalesce(rows_missing, 0) + coalesce(rows_different, 0) + coalesce(rows_extra, 0) AS changed,"
                        + " processing_time, success FROM " + metrics + " m WHERE m.table_name = s.table_name AND "
                        + CHANGED + " ORDER BY \"timestamp\" DESC LIMIT ?) r ORDER BY s.table_name, r.\"timestamp\"")
                .param(limit)
                .query(row -> {
                    runs.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                            .add(new Figure(time(row, 2), row.getLong(3), row.getDouble(4), row.getBoolean(5)));
                });
        return runs;
    }

    /** The last days of each table; tables without any run are left out. */
    public Map<String, Days> days(int count) {
        Map<String, Days> all = new HashMap<>();
        target.sql(
                        ("""
                        SELECT s.table_name, extract(epoch FROM n.now - f.first)::bigint AS known, d.*
                        FROM %s s
                        CROSS JOIN (SELECT now() AT TIME ZONE 'UTC' AS now) n
                        CROSS JOIN LATERAL (SELECT min(m."timestamp") AS first FROM %s m
                          WHERE m.table_name = s.table_name) f
                        LEFT JOIN LATERAL (
                          SELECT greatest(floor(extract(epoch FROM n.now - m."timestamp") / 86400), 0)::int AS day,
                            coalesce(sum(rows_inserted), 0) AS inserted, coalesce(sum(rows_updated), 0) AS updated,
                            coalesce(sum(rows_deleted), 0) AS deleted
                          FROM %s m WHERE m.table_name = s.table_name
                            AND m."timestamp" > n.now - make_interval(days => :days) AND %s
                          GROUP BY 1) d ON true
                        WHERE f.first IS NOT NULL""")
                                .formatted(status, metrics, metrics, CHANGED))
                .param("days", count)
                .query(row -> {
                    Days days = all.computeIfAbsent(
                            row.getString("table_name"), table -> new Days(known(row), new ArrayList<>()));
                    int day = row.getInt("day");
                    if (!row.wasNull()) {
                        days.days.add(
                                new Day(day, row.getLong("inserted"), row.getLong("updated"), row.getLong("deleted")));
                    }
                });
        return all;
    }

    /** The last runs of one table, the newest first. */
    public List<Run> of(String table, int limit) {
        return runs("true", table, limit);
    }

    /** The last comparisons of one table, the newest first. */
    public List<Run> comparisons(String table, int limit) {
        return runs(
                CHANGED + " AND load_type IN ('reconcile', 'verify', 'adopt') AND rows_equal IS NOT NULL",
                table,
                limit);
    }

    private List<Run> runs(String condition, String table, int limit) {
        return target.sql(
                        "SELECT pipeline_id, cycle_id, load_type, \"timestamp\", processing_time, success, rows_processed,"
                                + " rows_inserted, rows_updated, rows_unchanged, rows_deleted, rows_dead_lettered, rows_equal,"
                                + " rows_missing, rows_different, rows_extra, load_reason, error FROM " + metrics
                                + " WHERE table_name = ? AND " + condition
                                + " ORDER BY \"timestamp\" DESC, id DESC LIMIT ?")
                .params(table, limit)
                .query(RunHistory::run)
                .list();
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        return new Run(
                row.getString("pipeline_id"),
                text(row, "cycle_id"),
                text(row, "load_type"),
                time(row, 4),
                row.getDouble("processing_time"),
                row.getBoolean("success"),
                row.getLong("rows_processed"),
                number(row, "rows_inserted"),
                number(row, "rows_updated"),
                number(row, "rows_unchanged"),
                number(row, "rows_deleted"),
                number(row, "rows_dead_lettered"),
                number(row, "rows_equal"),
                number(row, "rows_missing"),
                number(row, "rows_different"),
                number(row, "rows_extra"),
                text(row, "load_reason"),
                text(row, "error"));
    }

    private static Duration known(ResultSet row) {
        try {
            return Duration.ofSeconds(row.getLong("known"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Long> number(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Long.class));
    }
}
