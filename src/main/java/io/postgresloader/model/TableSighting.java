package io.postgresloader.model;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the source said at one time about a table without transactions, which a repair may shorten.
 *
 * @param created when the table was created, or created again, in UTC. TRUNCATE and a restored dump do so, and so does
 *     {@code REPAIR TABLE … USE_FRM}
 * @param checked when the table was last checked or repaired, in UTC, in whole seconds. OPTIMIZE, ALTER TABLE and rows
 *     that fill an empty table set it, too. Empty: never
 * @param rows how many rows it had
 * @param nextKey the next value of its AUTO_INCREMENT column; empty: it has none
 */
public record TableSighting(
        Optional<LocalDateTime> created, Optional<LocalDateTime> checked, long rows, OptionalLong nextKey) {
    /** A dump fills a table as soon as it has created it. Damage and its repair come later. */
    private static final Duration FILLING = Duration.ofHours(1);

    /**
     * Whether no row is missing that the table had at an earlier sighting: it has as many rows as then, and all that were
     * inserted since. Without an AUTO_INCREMENT column it is not known how many were inserted, and only the same number of
     * rows is proof. A table that was created again and filled has other rows on purpose; as many are enough.
     */
    boolean kept(TableSighting before) {
        if (!created.equals(before.created) && rows >= before.rows) {
            return true;
        }
        if (nextKey.isEmpty() || before.nextKey.isEmpty()) {
            return rows == before.rows;
        }
        long inserted = Math.max(0, nextKey.getAsLong() - before.nextKey.getAsLong());
        return rows >= before.rows + inserted;
    }

    /** When the table was checked or repaired after it had been filled; a restored dump sets the time of a check as well. */
    Optional<LocalDateTime> checkedAfterFilling() {
        return checked.filter(
                time -> created.isEmpty() || time.isAfter(created.get().plus(FILLING)));
    }
}
