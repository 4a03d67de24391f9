package io.postgresloader.verify;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.model.TableOptions;
import io.postgresloader.tracking.ReconcileRecords.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * Tells which tables are to be compared now. Each has its turn once per {@code reconcile}, the first ones spread over
 * that time; what loads called for comes earlier, but takes no more than a hundredth of the time.
 */
final class ReconcileSchedule {
    private static final long REST_PER_WORK = 99;

    private final Catalog catalog;

    ReconcileSchedule(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * A table whose turn has come.
     *
     * @param reason why, in words
     */
    record Due(String table, String reason) {}

    /** @param wallClock the time of day at the source, which quiet hours go by */
    List<Due> due(List<Standing> standings, Instant now, LocalTime wallClock) {
        return standings.stream()
                .flatMap(standing -> catalog.table(standing.table()).stream()
                        .filter(options -> options.reconcile().every().isPresent())
                        .filter(options -> options.reconcile()
                                .quietHours()
                                .filter(hours -> hours.contains(wallClock))
                                .isEmpty())
                        .flatMap(options -> due(options, standing, now).stream()))
                .toList();
    }

    private static Optional<Due> due(TableOptions options, Standing standing, Instant now) {
        Instant rested = standing.verified()
                .map(ended -> ended.plus(rest(options, standing.seconds())))
                .orElse(Instant.MIN);
        if (standing.reason().isPresent() && !now.isBefore(rested)) {
            return Optional.of(new Due(options.table(), standing.reason().get()));
        }
        Duration period = options.reconcile().every().orElseThrow();
        Instant turn = standing.verified().map(ended -> ended.plus(period)).orElseGet(() -> standing.created()
                .plus(share(options.table(), period)));
        return now.isBefore(turn)
                ? Optional.empty()
                : Optional.of(new Due(options.table(), "once every " + spoken(period)));
    }

    /** A comparison that fails takes no time; it is not tried at once again for all that. */
    private static Duration rest(TableOptions options, double seconds) {
        Duration byWork = Duration.ofMillis((long) (seconds * 1000 * REST_PER_WORK));
        Duration bySchedule = options.load().schedule().dividedBy(2);
        return byWork.compareTo(bySchedule) > 0 ? byWork : bySchedule;
    }

    /** The same for a table at every start, so that a loader which is often started anew does not put it off. */
    private static Duration share(String table, Duration period) {
        return period.multipliedBy(Math.floorMod(table.hashCode(), 1000)).dividedBy(1000);
    }

    private static String spoken(Duration period) {
        long seconds = period.toSeconds();
        return seconds % 3600 == 0 ? seconds / 3600 + " h" : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
