package io.postgresloader.load;

import io.postgresloader.model.SourceState;
import io.postgresloader.source.ClockReading;
import java.util.Map;
import java.util.Optional;

/**
 * What the source says without looking at rows.
 *
 * @param reading its clocks
 * @param states how its tables stand, read after the clocks: they know of every change before
 */
record SourceMoment(ClockReading reading, Map<String, SourceState> states) {
    Optional<SourceState> table(String name) {
        return Optional.ofNullable(states.get(name));
    }
}
