package io.postgresloader.dbt;

import io.postgresloader.config.Durations;
import io.postgresloader.model.TableOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How old a table may be, by its schedule and its comparisons. */
final class Freshness {
    /** As {@code status} calls a table overdue: three loads did not succeed. */
    private static final int WARN_PERIODS = 3;

    private static final int ERROR_PERIODS = 12;

    private Freshness() {}

    /**
     * A warning after three periods of the schedule without a success. An error after a period of the comparison, which
     * loads what is due as well, or after twelve periods of the schedule, whichever is longer.
     */
    static Map<String, Object> of(TableOptions options) {
        return of(options.load().schedule(), options.reconcile().every());
    }

    /**
     * The same of a table whose options are only known from what {@code meta} says.
     *
     * @return empty if a text is no duration
     */
    static Optional<Map<String, Object>> ofWritten(String schedule, String reconcile) {
        Optional<Duration> every = Durations.parse(reconcile);
        return every.isPresent() || reconcile.equals(SourcesDocument.OFF)
                ? Durations.parse(schedule).map(period -> of(period, every))
                : Optional.empty();
    }

    private static Map<String, Object> of(Duration schedule, Optional<Duration> every) {
        Duration error = schedule.multipliedBy(ERROR_PERIODS);
        Duration reconcile = every.orElse(Duration.ZERO);
        Map<String, Object> freshness = new LinkedHashMap<>();
        freshness.put("warn_after", age(schedule.multipliedBy(WARN_PERIODS)));
        freshness.put("error_after", age(reconcile.compareTo(error) > 0 ? reconcile : error));
        return freshness;
    }

    /** dbt knows whole minutes, hours and days. */
    private static Map<String, Object> age(Duration age) {
        long minutes = Math.max(1, age.plusSeconds(59).toMinutes());
        Map<String, Object> written = new LinkedHashMap<>();
        boolean hours = minutes % 60 == 0;
        boolean days = minutes % (24 * 60) == 0;
        written.put("count", days ? minutes / (24 * 60) : hours ? minutes / 60 : minutes);
        written.put("period", days ? "day" : hours ? "hour" : "minute");
        return written;
    }
}
