package io.postgresloader.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What was seen of the checks and repairs of a source table without transactions. Maintenance after which no row is
 * missing is harmless.
 *
 * @param last the newest sighting
 * @param suspect when the table was last checked or repaired so that it may have lost rows, by the loader's clock; empty:
 *     never
 */
public record CheckHistory(TableSighting last, Optional<Instant> suspect) {

    /** The history that begins before the first load of a table: that load reads what earlier repairs have left. */
    public static CheckHistory ofNewTable(TableSighting first) {
        return new CheckHistory(first, Optional.empty());
    }

    /**
     * The history of a table whose rows another loader, or an earlier version of this one, has loaded: a check may have
     * lost rows since, unless the table was just filled then.
     */
    public static CheckHistory ofFilledTable(TableSighting first, Clocks clocks) {
        return new CheckHistory(first, first.checkedAfterFilling().map(clocks::byLoader));
    }

    /** The history after another sighting. */
    public CheckHistory then(TableSighting next, Clocks clocks) {
        boolean harmless = next.checked().equals(last.checked()) || next.kept(last);
        return new CheckHistory(
                next, harmless ? suspect : next.checked().map(clocks::byLoader).or(() -> suspect));
    }

    /**
     * The moment of a sighting.
     *
     * @param source by the source's clock, in UTC
     * @param loader by the loader's clock
     */
    public record Clocks(LocalDateTime source, Instant loader) {
        private Instant byLoader(LocalDateTime time) {
            return loader.minus(Duration.between(time, source));
        }
    }
}
