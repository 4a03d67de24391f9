package io.postgresloader.model;

import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** The rows of a table that a load reads. The count query and the page query are made from the same selection. */
public sealed interface Selection {

    /** Every row. */
    record All() implements Selection {}

    /**
     * Rows that changed.
     *
     * @param ranges one range for each cursor column
     * @param logic how the ranges are combined
     * @param newKeys the key arm: rows above this key are read regardless of their dates
     */
    record Changed(List<CursorRange> ranges, CursorLogic logic, Optional<KeyAbove> newKeys) implements Selection {
        public Changed {
            ranges = List.copyOf(ranges);
            if (ranges.isEmpty() && newKeys.isEmpty()) {
                throw new IllegalArgumentException("a selection of changed rows needs a cursor column or a key arm");
            }
        }
    }

    /**
     * Rows by key.
     *
     * @param keys the key values, typed like the key's columns and in their order
     */
    record Keys(List<List<Object>> keys) implements Selection {
        public Keys {
            keys = List.copyOf(keys);
        }
    }

    /**
     * The values of one cursor column that a load reads, by the clock of that column.
     *
     * @param from the watermark less the lookback, inclusive
     * @param before the end of the valid dates, exclusive
     */
    record CursorRange(Cursor cursor, LocalDateTime from, LocalDateTime before) {}

    /**
     * @param column the integer key column
     * @param key the key above which rows are new
     */
    record KeyAbove(String column, BigInteger key) {}
}
