package io.postgresloader.verify;

import java.util.Locale;
import java.util.Map;

/**
 * A row that is not the same on both sides.
 *
 * @param table its table
 * @param kind how it differs
 * @param key key column to value in text form
 */
public record Difference(String table, Kind kind, Map<String, String> key) {
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
