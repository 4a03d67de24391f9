package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When tables were compared, with what result, and why the next comparison is due. */
public final class ReconcileRecords {
    /** Ends a reason from the start of its comparison until the end of it. */
    private static final String BEGUN = " (begun)";

    private final JdbcClient target;
    private final String status;
    private final String metrics;
    private final String locks;

    public ReconcileRecords(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.status = warehouse.table("etl_load_status");
        this.metrics = warehouse.table("etl_table_metrics");
        this.locks = LoadLock.namesIn(warehouse);
    }

    /**
     * What decides when a loaded table is compared next.
     *
     * @param created when it was first tracked
     * @param verified when the last comparison ended; empty: there was none
     * @param seconds duration of that comparison
     * @param reason why the next comparison is due early, in words; empty: it is not
     */
    public record ReconcileState(
            String table, Instant created, Optional<Instant> verified, double seconds, Optional<String> reason) {}

    /** Every table that was loaded successfully. */
    public List<ReconcileState> states() {
        return target.sql(
                        ("""
                        SELECT table_name, _created_at AT TIME ZONE 'UTC' AS created, verified_at,
                          coalesce(verify_seconds, 0) AS seconds, replace(reconcile_reason, :begun, '') AS reason
                        FROM %s
                        WHERE watermarks IS NOT NULL AND load_status <> 'pending'
                        ORDER BY table_name""")
                                .formatted(status))
                .param("begun", BEGUN)
                .query(ReconcileRecords::state)
                .list();
    }

    /**
     * Marks the reason for an early comparison, since the comparison that begins now covers it. If the comparison is
     * stopped, the reason remains. If a load gives another reason during the comparison, that one is not marked.
     */
    public void begin(String table) {
        target.sql(
                        ("""
                        UPDATE %s SET reconcile_reason = replace(reconcile_reason, :begun, '') || :begun
                        WHERE table_name = :table AND reconcile_reason IS NOT NULL""")
                                .formatted(status))
                .param("begun", BEGUN)
                .param("table", table)
                .update();
    }

    /**
     * The last time at which the target was equal to the source; empty: it is not known to have been.
     *
     * @param replaced whether each load replaces the whole table, and so makes it equal
     */
    public Optional<Instant> equalAt(String table, boolean replaced) {
        return target.sql(("SELECT CASE WHEN NOT ? THEN proven_at"
                                // Before a load of ours, last_loaded is what another loader wrote.
                                + " WHEN watermarks IS NOT NULL THEN last_loaded AT TIME ZONE 'UTC' END"
                                + " FROM %s WHERE table_name = ?")
                        .formatted(status))
                .params(replaced, table)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /** Whether no load of the table runs now: none has its lock, and none has lost it and goes on. */
    public boolean idle(String table) {
        return target.sql("SELECT " + LoadLock.isFree("s.table_name")
                        // An adoption is running until its comparison has ended.
                        + " AND (s.load_status <> 'running' OR s.load_type = 'adopt') FROM " + status
                        + " s WHERE s.table_name = :table")
                .param("table", table)
                .param("locks", locks)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /**
     * What is stored of a comparison.
     *
     * @param id identifies the comparison
     * @param type {@code reconcile}, {@code adopt} or {@code verify}
     * @param reason why the table was compared
     * @param result {@code equal}, {@code repaired}, {@code different}, {@code braked} or {@code failed}
     * @param message why it failed or what was not repaired; null: nothing to report
     * @param proven whether both sides are equal, except for open dead letters
     * @param started when the comparison began
     * @param seconds duration of comparison and repair
     * @param violations rows that loads should have brought and that were missing or different
     * @param beganEpoch the table's epoch when the comparison of all rows began; null: a load ran then
     * @param noneMissing whether no row is missing or different, except for open dead letters
     * @param completeUpTo the time, by the source's clock, up to which the target has every change and delete; null:
     *     none is proven
     * @param extraLeft rows that only the target has, and keeps; null: not known
     * @param present rows of the target; null: not known
     * @param cycle the id of the work that belongs together with it; null: it belongs to none
     */
    public record Entry(
            String id,
            String type,
            String reason,
            String table,
            String result,
            String message,
            boolean proven,
            OffsetDateTime started,
            double seconds,
            long equal,
            long missing,
            long different,
            long extra,
            long violations,
            Long beganEpoch,
            boolean noneMissing,
            OffsetDateTime completeUpTo,
            Long extraLeft,
            Long present,
            String cycle) {}

    /**
     * Stores the result of a comparison. A reconcile also clears the reason that it began with. If a load has found
     * meanwhile that the target may have lost rows, the comparison says nothing about these.
     */
    public void add(Entry entry) {
        target.sql(
                        ("""
                        WITH compared AS (
                          UPDATE %s SET
                            verified_at = now(),
                            verify_result = :result,
                            verify_message = :message,
                            verify_seconds = :seconds,
                            reconcile_reason = CASE
                              WHEN :type = 'reconcile' AND reconcile_reason LIKE '%%%s' THEN NULL
                              ELSE reconcile_reason END,
                            proven_at = CASE WHEN :proven THEN :started ELSE proven_at END,
                            integrity_violations = integrity_violations + :violations,
                            complete_up_to = CASE
                              WHEN cast(:beganEpoch AS bigint) >= coalesce(void_epoch, 0)
                                THEN coalesce(cast(:completeUpTo AS timestamptz), complete_up_to)
                              ELSE complete_up_to END,
                            rows_lost = rows_lost AND NOT (:noneMissing
                              AND coalesce(cast(:beganEpoch AS bigint) >= coalesce(void_epoch, 0), false)),
                            extra_rows = coalesce(cast(:extraLeft AS bigint), extra_rows),
                            present_rows = coalesce(present_rows, cast(:present AS bigint)),
                            _updated_at = now() AT TIME ZONE 'UTC'
                          WHERE table_name = :table)
                        INSERT INTO %s (pipeline_id, table_name, rows_processed, processing_time, success, error,
                          load_type, load_reason, rows_equal, rows_missing, rows_different, rows_extra,
                          integrity_violations, cycle_id, "timestamp")
                        VALUES (:id, :table, :equal + :missing + :different + :extra, :seconds, :result <> 'failed',
                          CASE WHEN :result = 'failed' THEN :message END,
                          :type, :reason, :equal, :missing, :different, :extra,
                          :violations, cast(:cycle AS text), now() AT TIME ZONE 'UTC')""")
                                .formatted(status, BEGUN, metrics))
                .paramSource(entry)
                .update();
    }

    private static ReconcileState state(ResultSet row, int number) throws SQLException {
        return new ReconcileState(
                row.getString("table_name"),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("verified_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getDouble("seconds"),
                Optional.ofNullable(row.getString("reason")));
    }
}
