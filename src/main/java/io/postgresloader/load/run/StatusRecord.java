package io.postgresloader.load.run;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadType;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;

/**
 * What a load writes into {@code etl_load_status} and {@code etl_table_metrics}: the body that the statements of the
 * routes {@code record-status} and {@code record-metrics} bind. Values may be null; the statement determines for
 * which columns a null keeps the stored value.
 *
 * @param table the table
 * @param epoch the epoch that the load writes in
 * @param status {@code load_status} after the write
 * @param load which load it is; its values are null before the load is planned
 * @param counts the counts of the rows
 * @param excludedColumns columns that are configured to be left out
 * @param next where the next load begins
 * @param source what the source reported
 * @param end how the load ended; its values are null while it runs
 * @param cycle the id of the loads that belong together with it; null: it belongs to none
 */
public record StatusRecord(
        String table,
        long epoch,
        String status,
        Load load,
        Counts counts,
        int excludedColumns,
        NextStart next,
        Source source,
        End end,
        String cycle) {
    /** The rows that the load pulled; null, which keeps the stored number, if it found that the source is unchanged. */
    public Long rowsLoaded() {
        return LoadType.UNCHANGED.word().equals(load.type) ? null : Long.valueOf(counts.pulled());
    }

    /**
     * @param id the load id
     * @param type the word of its type
     * @param reason why it is of that type, as text
     * @param started when it began
     * @param counted rows of its selection in the source when it began
     * @param chunks committed chunks
     */
    public record Load(String id, String type, String reason, OffsetDateTime started, Long counted, Integer chunks) {
        static final Load NOT_PLANNED = new Load(null, null, null, null, null, null);
    }

    /**
     * @param bookmark as JSON; null when there is no unfinished load
     * @param watermarks as JSON; null keeps the stored ones
     * @param fingerprint as JSON; null keeps the stored one
     * @param lastLoaded up to when the table is loaded, in UTC; null keeps the stored time
     * @param backfilled whether all rows were loaded again
     * @param reconcileReason why the table should be compared soon; null when it need not be
     */
    public record NextStart(
            String bookmark,
            String watermarks,
            String fingerprint,
            LocalDateTime lastLoaded,
            boolean backfilled,
            String reconcileReason) {
        static NextStart unfinished(String bookmark) {
            return new NextStart(bookmark, null, null, null, false, null);
        }
    }

    /**
     * @param state the token by which the next load detects that the table is unchanged
     * @param settled whether all changes up to the token were committed before the horizon
     * @param origin where the rows came from, as JSON; null keeps the stored one
     */
    public record Source(String state, Boolean settled, String origin) {
        static final Source UNKNOWN = new Source(null, null, null);
    }

    /**
     * @param finished when the load ended
     * @param seconds how long it took
     * @param success whether the load was complete
     * @param errorClass the kind of failure
     * @param error what failed, without values of rows
     * @param sourceRows rows of the source after a full load
     * @param targetRows rows of the target after a full load
     * @param notes what an operator should know
     */
    public record End(
            OffsetDateTime finished,
            Double seconds,
            Boolean success,
            String errorClass,
            String error,
            Long sourceRows,
            Long targetRows,
            String notes) {
        static final End RUNNING = new End(null, null, null, null, null, null, null, null);
    }
}
