package io.postgresloader.load.run;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadType;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.target.RowTriggers;
import io.postgresloader.target.TargetTable;
import io.postgresloader.tracking.FreshnessRecords;
import io.postgresloader.tracking.FreshnessRecords.Proof;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Finds out what a load proves about {@code complete_up_to}: that the target has every change and every delete that
 * the source had committed by the load's horizon. Of all loads, only a full load can prove it, and only where no row
 * can be in the target that the source did not have then: a table without a key is replaced, and in a table that was
 * empty when the load began, every row was read after the horizon. Equal numbers of rows prove nothing, since a row
 * that was deleted in the source may make up for one that is a dead letter. A load that finds the source unchanged
 * proves nothing either: the source's time of the last change is not exact enough for a claim about deletes.
 */
final class Completeness {
    private final LoadServices services;
    private final FreshnessRecords records;

    Completeness(LoadServices services) {
        this.services = services;
        this.records = new FreshnessRecords(services.warehouse());
    }

    /**
     * Takes back what the table claims if the source's clock went back, as it may on another server.
     *
     * @param clock of the source, in UTC
     */
    void look(Claim claim, LocalDateTime clock) {
        if (claim.state().readers().ahead(clock)) {
            records.clockWentBack(claim.table(), claim.epoch());
        }
    }

    /** Before the first row of a full load is written; later attempts and processes go on with what was stored then. */
    void begin(Claim claim, LoadPlan.Reading plan) {
        if (plan.type() == LoadType.FULL && plan.writesAllRows()) {
            boolean empty = !services.targetTables().hasRows(claim.table());
            records.beganEmpty(
                    claim.table(),
                    claim.epoch(),
                    empty ? Optional.of(plan.scope().horizon().utc()) : Optional.empty());
        }
    }

    /** In the transaction that ends the load. */
    void end(Claim claim, LoadPlan.Reading plan, Position position, Completion completion) {
        boolean full = plan.type() == LoadType.FULL;
        Proof proof = proof(claim, plan, position, completion);
        if (full || proof != Proof.NOTHING) {
            records.proven(
                    claim.table(),
                    claim.epoch(),
                    plan.scope().horizon().utc(),
                    proof,
                    full && (claim.state().watermarks().isEmpty() || otherServer(claim, plan)),
                    lost(full, completion));
        }
        long inserted = position.counts().inserted();
        if (completion.targetRows().isPresent()) {
            records.present(claim.table(), completion.targetRows().get());
        } else if (inserted > 0) {
            records.presentChanged(claim.table(), inserted);
        }
    }

    /** A full load writes all rows, unless they were lost while it ran; any other load leaves it to a comparison. */
    private static Optional<Boolean> lost(boolean full, Completion completion) {
        boolean found = completion.compare().isPresent();
        return found || full ? Optional.of(found) : Optional.empty();
    }

    private Proof proof(Claim claim, LoadPlan.Reading plan, Position position, Completion completion) {
        if (plan.type().byKey()) {
            return Proof.NOTHING;
        }
        if (completion.compare().isPresent() || plan.compare().isPresent()) {
            return Proof.VOID;
        }
        if (plan.type() != LoadType.FULL) {
            return otherServer(claim, plan) ? Proof.VOID : Proof.NOTHING;
        }
        if (completion.fewerRows() || mayBeAltered(plan, position)) {
            return Proof.NOTHING;
        }
        return plan.table().key().none() ? Proof.COMPLETE : Proof.COMPLETE_IF_BEGAN_EMPTY;
    }

    /** Its clock may be behind, or it may never have had rows that the old server had. */
    private static boolean otherServer(Claim claim, LoadPlan.Reading plan) {
        return claim.state()
                .origin()
                .filter(before -> !before.server().equals(plan.origin().server()))
                .isPresent();
    }

    /** Whether triggers of the target changed rows. Of the chunks of an earlier process it is not known. */
    private boolean mayBeAltered(LoadPlan.Reading plan, Position position) {
        return position.tally().altered().rows() > 0
                || !position.tally().fromFirstRow()
                        && hasTriggers(
                                plan.table().target(services.targetTables().schema()));
    }

    private boolean hasTriggers(TargetTable table) {
        try {
            return services.warehouse()
                    .onCurrentConnection(connection ->
                            !RowTriggers.of(connection, table).triggers().isEmpty());
        } catch (SQLException e) {
            throw new LoadFailedException(SqlFailures.of(e));
        }
    }
}
