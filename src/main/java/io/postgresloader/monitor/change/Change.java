package io.postgresloader.monitor.change;

import io.postgresloader.model.ChangeKind;
import java.util.Map;
import java.util.Optional;

/**
 * A change of a table, or of the source.
 *
 * @param reason why, without a value of a row; empty: there is nothing more to say
 * @param counts numbers by their names
 */
public record Change(ChangeKind kind, Optional<String> reason, Map<String, Long> counts) {
    static Change of(ChangeKind kind, String reason) {
        return new Change(kind, Optional.of(reason), Map.of());
    }

    Change counting(String name, long count) {
        return new Change(kind, reason, Map.of(name, count));
    }
}
