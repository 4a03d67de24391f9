package io.postgresloader.monitor.change;

import io.postgresloader.model.ChangeKind;
import java.util.Map;

/**
 * A change of a table, or of the source.
 *
 * @param reason why, without a value of a row
 * @param shared the part of the reason that other tables may have as well: without times of this table
 * @param counts numbers by their names
 */
public record Change(ChangeKind kind, String reason, String shared, Map<String, Long> counts) {
    static Change of(ChangeKind kind, String reason) {
        return new Change(kind, reason, reason, Map.of());
    }

    Change counting(String name, long count) {
        return new Change(kind, reason, shared, Map.of(name, count));
    }

    /** The same, said of several tables in these words. */
    Change sharing(String words) {
        return new Change(kind, reason, words, counts);
    }
}
