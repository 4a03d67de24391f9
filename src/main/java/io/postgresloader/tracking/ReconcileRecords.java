package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When tables were compared, with what result, and why the next comparison is due. */
public final class ReconcileRecords {
    /** Follows a reason while its comparison runs. */
    private static final String BEGUN = " (begun)";

    private final JdbcClient target;
    private final String status;
    private final String metrics;

    public ReconcileRecords(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.status = warehouse.table("etl_load_status");
        this.metrics = warehouse.table("etl_table_metrics");
    }

    /**
     * The state of a loaded table between two comparisons.
     *
     * @param created when it was first tracked
     * @param verified when the last comparison ended; empty: there was none
     * @param seconds how long that took
     * @param reason why the next one is due early, in words; empty: it is not
     */
    public record Standing(
            String table, Instant created, Optional<Instant> verified, double seconds, Optional<String> reason) {}

    /** Every table that a load has succeeded for. */
    public List<Standing> standings() {
        return target.sql("SELECT table_name, _created_at AT TIME ZONE 'UTC' AS created, verified_at,"
                        + " coalesce(verify_seconds, 0) AS seconds, replace(reconcile_reason, :begun, '') AS reason"
                        + " FROM " + status
                        + " WHERE watermarks IS NOT NULL AND load_status <> 'pending' ORDER BY table_name")
                .param("begun", BEGUN)
                .query(ReconcileRecords::standing)
                .list();
    }

    /**
     * Marks the reason for an early comparison: the comparison that begins now covers that reason. If it is broken
     * off, the reason remains; if a load asks for another comparison meanwhile, the mark is lost.
     */
    public void begin(String table) {
        target.sql("UPDATE " + status + " SET reconcile_reason = replace(reconcile_reason, :begun, '') || :begun"
                        + " WHERE table_name = :table AND reconcile_reason IS NOT NULL")
                .param("begun", BEGUN)
                .param("table", table)
                .update();
    }

    /**
     * Stores the result of a comparison, and clears the reason that it began with.
     *
     * @param values {@code id, type, reason, table, result, message, proven (boolean), started (when the
     *     comparison began), seconds, equal, missing,
     *     different, extra, violations}
     */
    public void record(Map<String, ?> values) {
        target.sql("WITH standing AS (UPDATE " + status + " SET verified_at = now(), verify_result = :result,"
                        + " verify_message = :message, verify_seconds = :seconds,"
                        + " reconcile_reason = CASE WHEN cast(:type as text) = 'reconcile'"
                        + " AND reconcile_reason LIKE '%" + BEGUN + "' THEN NULL ELSE reconcile_reason END,"
                        + " proven_at = CASE WHEN :proven THEN :started ELSE proven_at END,"
                        + " integrity_violations = integrity_violations + :violations,"
                        + " _updated_at = now() AT TIME ZONE 'UTC' WHERE table_name = :table)"
                        + " INSERT INTO " + metrics
                        + " (pipeline_id, table_name, rows_processed, processing_time, success,"
                        + " error, load_type, load_reason, rows_equal, rows_missing, rows_different, rows_extra,"
                        + " integrity_violations, \"timestamp\") VALUES (:id, :table,"
                        + " :equal + :missing + :different + :extra, :seconds,"
                        + " :result <> 'failed', CASE WHEN :result = 'failed' THEN :message END, :type, :reason, :equal,"
                        + " :missing, :different, :extra, :violations,"
                        + " now() AT TIME ZONE 'UTC')")
                .params(values)
                .update();
    }

    private static Standing standing(ResultSet row, int number) throws SQLException {
        return new Standing(
                row.getString("table_name"),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("verified_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getDouble("seconds"),
                Optional.ofNullable(row.getString("reason")));
    }
}
