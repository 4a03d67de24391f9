package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the view {@code etl_freshness}, and why a table is as it is, with one query for all tables. */
public final class FreshnessReport {
    private final JdbcClient target;
    private final Warehouse warehouse;

    public FreshnessReport(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.warehouse = warehouse;
    }

    /**
     * One table.
     *
     * @param loadedUpTo by the source's clock; empty: no load has succeeded
     * @param completeUpTo by the source's clock; empty: not proven, or {@code reconcile: off}
     * @param state pending, running, interrupted, paused, success or failed
     * @param pausedSince by the target's clock; empty: it is not paused
     * @param openDeadLetters rows, or loads, that are open dead letters
     * @param verifyResult equal, repaired, different, braked or failed; empty: never compared
     * @param extraRows rows that only the target had after the last comparison
     * @param rowsLost whether the target may have lost rows that only a comparison or a full load brings back
     * @param error why the last load failed; empty: it did not
     * @param verifyMessage why the last comparison failed or what it did not repair; empty: nothing to report
     */
    public record Line(
            String table,
            Optional<Instant> loadedUpTo,
            Optional<Instant> completeUpTo,
            String state,
            Optional<Instant> pausedSince,
            long openDeadLetters,
            Optional<String> verifyResult,
            long extraRows,
            boolean rowsLost,
            Optional<String> error,
            Optional<String> verifyMessage) {
        /** This line, which is said to be loaded or complete up to none of these times. */
        public Line without(Set<Instant> times) {
            return new Line(
                    table,
                    loadedUpTo.filter(time -> !times.contains(time)),
                    completeUpTo.filter(time -> !times.contains(time)),
                    state,
                    pausedSince,
                    openDeadLetters,
                    verifyResult,
                    extraRows,
                    rowsLost,
                    error,
                    verifyMessage);
        }
    }

    /** All tracked tables by name. */
    public Map<String, Line> read() {
        Map<String, Line> lines = new LinkedHashMap<>();
        target.sql("SELECT f.table_name, f.loaded_up_to, f.complete_up_to, f.state, s.paused_at, f.open_dead_letters,"
                        + " f.verify_result, coalesce(s.extra_rows, 0) AS extra_rows, s.rows_lost, s.error,"
                        + " s.verify_message FROM "
                        + warehouse.table("etl_freshness") + " f JOIN " + warehouse.table("etl_load_status")
                        + " s ON s.table_name = f.table_name ORDER BY f.table_name")
                .query(row -> {
                    lines.put(row.getString("table_name"), line(row));
                });
        return lines;
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getString("table_name"),
                instant(row, "loaded_up_to"),
                instant(row, "complete_up_to"),
                row.getString("state"),
                instant(row, "paused_at"),
                row.getLong("open_dead_letters"),
                Optional.ofNullable(row.getString("verify_result")),
                row.getLong("extra_rows"),
                row.getBoolean("rows_lost"),
                Optional.ofNullable(row.getString("error")),
                Optional.ofNullable(row.getString("verify_message")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
