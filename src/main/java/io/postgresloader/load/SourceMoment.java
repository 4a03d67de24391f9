package io.postgresloader.load;

import io.postgresloader.model.Horizon;
import io.postgresloader.model.SourceState;
import java.util.Map;
import java.util.Optional;

/**
 * What the source says without looking at rows.
 *
 * @param horizon up to where it is complete
 * @param states how its tables stand, read after the horizon: they know of every change before it
 */
record SourceMoment(Horizon horizon, Map<String, SourceState> states) {
    Optional<SourceState> table(String name) {
        return Optional.ofNullable(states.get(name));
    }
}
