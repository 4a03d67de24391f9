package io.postgresloader.tracking;

import io.postgresloader.sql.Identifiers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how all tables stand. */
public final class StatusReport {
    private final JdbcClient target;
    private final String schema;

    public StatusReport(DataSource target, String schema) {
        this.target = JdbcClient.create(target);
        this.schema = schema;
    }

    /**
     * How one table stands.
     *
     * @param status pending, running, success or failed
     * @param lastLoaded up to when it is complete, in UTC; empty when it never was
     * @param rows rows pulled by the last load
     * @param type type of the last load; empty when there was none
     * @param openDeadLetters rows, or loads, in quarantine
     * @param verified when the table was last compared with the source, in UTC; empty: never
     * @param verifyResult equal, repaired, different, braked or failed; empty likewise
     * @param message why the last load was of its type, what it noted, or why it failed
     */
    public record Line(
            String table,
            String status,
            Optional<LocalDateTime> lastLoaded,
            long rows,
            Optional<String> type,
            long openDeadLetters,
            Optional<LocalDateTime> verified,
            Optional<String> verifyResult,
            String message) {}

    /** Whether all that is read here exists: not before the first {@code init}, {@code once} or {@code run}. */
    public boolean ready() {
        return target.sql("SELECT to_regclass(?) IS NOT NULL")
                .param(Identifiers.postgres(schema, "etl_dead_letter"))
                .query(Boolean.class)
                .single();
    }

    /** One line per tracked table: failed ones first, then those with dead letters, then the oldest. */
    public List<Line> read() {
        return target.sql("SELECT table_name, load_status, last_loaded, rows_loaded, load_type,"
                        + " (SELECT count(*) FROM " + Identifiers.postgres(schema, "etl_dead_letter")
                        + " d WHERE d.table_name = s.table_name AND d.state = 'open') AS open_dead_letters,"
                        + " verified_at AT TIME ZONE 'UTC' AS verified, verify_result,"
                        + " concat_ws('; ', coalesce(error, concat_ws('; ', load_reason, notes)),"
                        + " 'compared: ' || verify_message) AS message FROM "
                        + Identifiers.postgres(schema, "etl_load_status") + " s"
                        + " ORDER BY load_status <> 'failed', verify_result IS NULL OR verify_result NOT IN ('braked', 'failed'),"
                        + " load_status <> 'pending', 6 DESC, last_loaded NULLS FIRST,"
                        + " table_name")
                .query(StatusReport::line)
                .list();
    }

    private static Line line(ResultSet row, int rowNumber) throws SQLException {
        return new Line(
                row.getString("table_name"),
                row.getString("load_status"),
                Optional.ofNullable(row.getObject("last_loaded", LocalDateTime.class)),
                row.getLong("rows_loaded"),
                Optional.ofNullable(row.getString("load_type")),
                row.getLong("open_dead_letters"),
                Optional.ofNullable(row.getObject("verified", LocalDateTime.class)),
                Optional.ofNullable(row.getString("verify_result")),
                row.getString("message"));
    }
}
