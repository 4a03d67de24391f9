package io.postgresloader.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The range of valid dates in the cursor columns of a table. A date outside never moves a watermark. Its row is still
 * loaded, by another cursor column or by its new key.
 *
 * @param min the first valid day
 * @param max the last valid day; empty: one year after the source's clock at the time of the load
 */
public record DateBounds(LocalDate min, Optional<LocalDate> max) {
    /** Records of today's practices begin later; the usual sentinels (0001, 1900, 1902, 1980) are earlier. */
    public static final DateBounds DEFAULT = new DateBounds(LocalDate.of(2000, 1, 1), Optional.empty());

    public DateBounds {
        if (max.isPresent() && min.isAfter(max.get())) {
            throw new IllegalArgumentException("min_date " + min + " is after max_date " + max.get());
        }
    }
}
