package io.postgresloader.target;

import java.util.Set;
import java.util.TreeSet;

/**
 * Rows that triggers of the target changed while they were written.
 *
 * @param rows how many rows differ from what was sent
 * @param columns the loaded columns in which they differ
 */
public record AlteredRows(long rows, Set<String> columns) {
    public static final AlteredRows NONE = new AlteredRows(0, Set.of());

    public AlteredRows {
        columns = Set.copyOf(columns);
    }

    public AlteredRows plus(AlteredRows other) {
        if (other.rows == 0) {
            return this;
        }
        Set<String> both = new TreeSet<>(columns);
        both.addAll(other.columns);
        return new AlteredRows(rows + other.rows, both);
    }

    /** The columns in alphabetical order. */
    public String named() {
        return String.join(", ", new TreeSet<>(columns));
    }
}
