package io.postgresloader.verify;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.model.TableOptions;
import io.postgresloader.tracking.ReconcileRecords.ReconcileState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides which tables are compared now. Each table is due once per {@code reconcile} period; the first comparisons are
 * spread over that period. A comparison that a load called for is due earlier, but comparisons of one table take at most
 * a hundredth of the time.
 */
final class ReconcileSchedule {
    private static final long REST_FACTOR = 99;

    private final Catalog catalog;

    ReconcileSchedule(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * A table that is due for a comparison.
     *
     * @param reason why, in words
     */
    record Due(String table, String reason) {}

    /** @param wallClock reads the time of day at the source, to which quiet hours apply; not read if no table is due */
    List<Due> due(List<ReconcileState> states, Instant now, Supplier<LocalTime> wallClock) {
        List<Due> due = states.stream()
                .flatMap(state -> catalog.table(state.table()).stream()
                        .filter(options -> options.reconcile().every().isPresent())
                        .flatMap(options -> due(options, state, now).stream()))
                .toList();
        return due.isEmpty() ? due : outsideQuietHours(due, wallClock.get());
    }

    private List<Due> outsideQuietHours(List<Due> due, LocalTime wallClock) {
        return due.stream()
                .filter(table -> catalog.table(table.table())
                        .flatMap(options -> options.reconcile().quietHours())
                        .filter(hours -> hours.contains(wallClock))
                        .isEmpty())
                .toList();
    }

    private static Optional<Due> due(TableOptions options, ReconcileState state, Instant now) {
        Instant restedAt = state.verified()
                .map(ended -> ended.plus(rest(options, state.seconds())))
                .orElse(Instant.MIN);
        if (state.reason().isPresent() && !now.isBefore(restedAt)) {
            return Optional.of(new Due(options.table(), state.reason().get()));
        }
        Duration period = options.reconcile().every().orElseThrow();
        Instant dueAt = state.verified().map(ended -> ended.plus(period)).orElseGet(() -> state.created()
                .plus(share(options.table(), period)));
        return now.isBefore(dueAt)
                ? Optional.empty()
                : Optional.of(new Due(options.table(), "once every " + words(period)));
    }

    /** A failed comparison may take no time, so the rest is at least half a period of the schedule. */
    private static Duration rest(TableOptions options, double seconds) {
        Duration byWork = Duration.ofMillis((long) (seconds * 1000 * REST_FACTOR));
        Duration bySchedule = options.load().schedule().dividedBy(2);
        return byWork.compareTo(bySchedule) > 0 ? byWork : bySchedule;
    }

    /** The same for a table at every start, so that frequent restarts of the loader do not postpone the comparison. */
    private static Duration share(String table, Duration period) {
        return period.multipliedBy(Math.floorMod(table.hashCode(), 1000)).dividedBy(1000);
    }

    private static String words(Duration period) {
        long seconds = period.toSeconds();
        return seconds % 3600 == 0 ? seconds / 3600 + " h" : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
