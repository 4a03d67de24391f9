package io.postgresloader.verify;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.FactsReader;
import io.postgresloader.load.schema.PreparedTable;
import java.time.Instant;
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

    /** The horizon; empty: a load of the table runs. */
    Optional<Instant> of(PreparedTable table) {
        for (int look = 1; look <= LOOKS; look++) {
            Instant horizon = facts.horizon(table).utc().toInstant(ZoneOffset.UTC);
            if (services.reconcileRecords().idle(table.name())) {
                return Optional.of(horizon);
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
