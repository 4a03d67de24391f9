package io.postgresloader.verify;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.FactsReader;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Horizon;
import io.postgresloader.tracking.TableState;
import io.postgresloader.verify.Comparison.Began;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The time of the source of which a comparison proves something: that all changes and deletes which the source had
 * committed by then are in the target, if both sides are found equal.
 *
 * <p>A load that runs when the comparison begins would make that false: it may have read a row that is deleted before
 * the comparison begins, and insert it behind the place that the comparison has reached. So the horizon is read first,
 * and it counts only if no load runs after that and before the first row is compared: loads that begin later read the
 * source after the horizon. The lock of loads is looked at and not taken, since a load of a timer would skip its table.
 *
 * <p>Another server than the one that the table was loaded from may have older rows: before a load has gone on with it,
 * a comparison with it proves nothing.
 */
final class ComparisonHorizon {
    private static final int LOOKS = 3;
    private static final long PAUSE_MILLIS = 200;

    private final LoadServices services;
    private final FactsReader facts;

    ComparisonHorizon(LoadServices services, FactsReader facts) {
        this.services = services;
        this.facts = facts;
    }

    /** Empty: a load of the table runs, or another server answers. */
    Optional<Began> of(PreparedTable table) {
        for (int look = 1; look <= LOOKS; look++) {
            TableState state = services.loadStatus().look(table.name());
            Optional<Horizon> horizon = facts.horizon(table, state);
            if (horizon.isEmpty() || services.reconcileRecords().idle(table.name())) {
                return horizon.map(time -> new Began(time.utc().toInstant(ZoneOffset.UTC), state.epoch()));
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
