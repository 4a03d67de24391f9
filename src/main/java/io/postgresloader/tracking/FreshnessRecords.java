package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What loads record in {@code etl_load_status} for the view {@code etl_freshness}, besides {@code last_loaded}. */
public final class FreshnessRecords {
    private final JdbcClient target;
    private final String status;

    public FreshnessRecords(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.status = warehouse.table("etl_load_status");
    }

    /** What a load proves about {@code complete_up_to}. */
    public enum Proof {
        /** The target has exactly the rows that the source had at the load's horizon, or later. */
        COMPLETE,
        /** As {@link #COMPLETE}, if the load of this horizon began with an empty table. */
        COMPLETE_IF_BEGAN_EMPTY,
        /** Nothing: what was proven before still holds. */
        NOTHING,
        /** What was proven before may not hold any more. */
        VOID
    }

    /**
     * Stores how a full load begins. Two loads may have the same horizon, so that an earlier one's is removed.
     *
     * @param horizon of a load that begins with an empty target table, in UTC; empty: the table has rows
     */
    public void beganEmpty(String table, long epoch, Optional<LocalDateTime> horizon) {
        target.sql("UPDATE " + status + " SET began_empty = :horizon::timestamptz"
                        + " WHERE table_name = :table AND epoch = :epoch")
                .param(
                        "horizon",
                        horizon.map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null))
                .param("table", table)
                .param("epoch", epoch)
                .update();
    }

    /**
     * Stores what a load proves, in the transaction that ends it.
     *
     * @param horizon of the load, in UTC
     * @param fromStart whether nothing that was proven before holds: the load is the first one, or the first of another
     *     server
     * @param lost whether the target may have lost rows; empty: as before
     */
    public void proven(
            String table, long epoch, LocalDateTime horizon, Proof proof, boolean fromStart, Optional<Boolean> lost) {
        target.sql("UPDATE " + status + " SET complete_up_to = CASE"
                        + " WHEN :proof = 'COMPLETE' OR :proof = 'COMPLETE_IF_BEGAN_EMPTY' AND began_empty = :horizon"
                        + " THEN :horizon WHEN :proof <> 'VOID' AND NOT :fromStart THEN complete_up_to END,"
                        + " void_epoch = CASE WHEN :proof = 'VOID' OR :fromStart THEN epoch ELSE void_epoch END,"
                        + " rows_lost = coalesce(cast(:lost AS boolean), rows_lost)"
                        + " WHERE table_name = :table AND epoch = :epoch")
                .param("proof", proof.name())
                .param("horizon", horizon.atOffset(ZoneOffset.UTC))
                .param("fromStart", fromStart)
                .param("lost", lost.orElse(null))
                .param("table", table)
                .param("epoch", epoch)
                .update();
    }

    /**
     * Takes back what a table claims: its times are later than the source's clock. It claims to be loaded again when a
     * load has stored another time.
     */
    public void clockWentBack(String table, long epoch) {
        target.sql("UPDATE " + status + " SET complete_up_to = NULL, void_epoch = epoch, void_last_loaded = last_loaded"
                        + " WHERE table_name = ? AND epoch = ?")
                .params(table, epoch)
                .update();
    }

    /** Stores how many rows the target has after they were counted. */
    public void present(String table, long rows) {
        target.sql("UPDATE " + status + " SET present_rows = ? WHERE table_name = ?")
                .params(rows, table)
                .update();
    }

    /**
     * Stores that rows were inserted, or deleted, since they were counted.
     *
     * @param more below zero: so many rows fewer
     */
    public void presentChanged(String table, long more) {
        target.sql("UPDATE " + status + " SET present_rows = greatest(0, present_rows + ?)"
                        // greatest() leaves out NULL.
                        + " WHERE table_name = ? AND present_rows IS NOT NULL")
                .params(more, table)
                .update();
    }
}
