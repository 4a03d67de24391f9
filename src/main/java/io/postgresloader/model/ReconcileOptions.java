package io.postgresloader.model;

import java.time.Duration;
import java.util.Optional;

/**
 * When a table is reconciled.
 *
 * @param every the time between two reconciles of the whole table; empty: off
 * @param quietHours the part of the day, on the source's wall clock, in which no reconcile starts; empty: none
 */
public record ReconcileOptions(Optional<Duration> every, Optional<QuietHours> quietHours) {
    public static final ReconcileOptions DEFAULT =
            new ReconcileOptions(Optional.of(Duration.ofHours(24)), Optional.empty());
}
