package io.postgresloader.load.plan;

import io.postgresloader.model.SourceState;
import io.postgresloader.source.ClockReading;
import java.util.Map;
import java.util.Optional;

/**
 * What the source reports without reading rows.
 *
 * @param reading its clocks
 * @param states when its tables changed last; read after the clocks, so that every earlier change is included
 */
public record SourceSnapshot(ClockReading reading, Map<String, SourceState> states) {
    /** The state of one table; empty when the source does not have it. */
    public Optional<SourceState> table(String name) {
        return Optional.ofNullable(states.get(name));
    }
}
