package io.postgresloader.load.run;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.schema.Stamping;
import io.postgresloader.tracking.RowStamps;
import io.postgresloader.tracking.TargetStates;
import java.util.Optional;

/**
 * Begins and ends the stamps of a table whose column was there before the load, and notes in the deletes feed that another
 * program deleted rows of a table that is loaded again.
 */
final class StampStart {
    private final LoadServices services;
    private final RowStamps stamps;
    private final TargetStates targetStates;

    StampStart(LoadServices services) {
        this.services = services;
        this.stamps = new RowStamps(services.warehouse());
        this.targetStates = new TargetStates(services.warehouse());
    }

    /**
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA when rows have no stamp; of kind CLAIM_LOST when
     *     another load has begun a newer epoch
     */
    void begin(Claim claim, LoadPlan.Reading plan) {
        Stamping stamping = plan.preparation().change().stamping();
        Optional<String> before = claim.state().readers().stampColumn();
        if (!stamping.starts() && !before.equals(stamping.column())) {
            startOrStop(claim, stamping);
        } else if (before.isPresent() && plan.writesAllRows() && rowsDeleted(claim.table())) {
            services.warehouse().transaction().executeWithoutResult(status -> {
                Chunks.lock(services, claim, stamping.column());
                stamps.deletedUnnamed(claim.table(), RowStamps.OTHER_PROGRAM);
            });
        }
    }

    private boolean rowsDeleted(String table) {
        return switch (targetStates.change(table)) {
            case REWRITTEN, DELETED -> true;
            case UNKNOWN, NONE, COLUMNS -> false;
        };
    }

    private void startOrStop(Claim claim, Stamping stamping) {
        services.warehouse().transaction().executeWithoutResult(status -> {
            Chunks.lock(services, claim, Optional.empty());
            stamping.column()
                    .ifPresentOrElse(
                            column -> stamps.start(claim.table(), claim.epoch(), column, stamping.origin()),
                            () -> stamps.stop(claim.table(), claim.epoch()));
        });
    }
}
