package io.postgresloader.verify;

import io.postgresloader.model.RowKey;
import java.util.Locale;

/**
 * A row that is not the same on both sides.
 *
 * @param table its table
 * @param kind how it differs
 * @param key the row
 */
public record Difference(String table, Kind kind, RowKey key) {
    /** How a row differs. */
    public enum Kind {
        /** The target has no row with this key. */
        MISSING,
        DIFFERENT,
        /** The source has no row with this key. */
        EXTRA;

        /** The word in output and files, e.g. {@code missing}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
