package io.postgresloader.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The dates that count as real in the cursor columns of a table. A date outside never moves a watermark; its row still
 * arrives, by another cursor column or by its new key.
 *
 * @param min the first real day
 * @param max the last real day; empty: one year after the source's clock at the time of the load
 */
public record DateBounds(LocalDate min, Optional<LocalDate> max) {
    /** No practice's records of today begin earlier; the usual sentinels (0001, 1900, 1902, 1980) lie before it. */
    public static final DateBounds DEFAULT = new DateBounds(LocalDate.of(2000, 1, 1), Optional.empty());

    public DateBounds {
        if (max.isPresent() && min.isAfter(max.get())) {
            throw new IllegalArgumentException("min_date " + min + " is after max_date " + max.get());
        }
    }
}
