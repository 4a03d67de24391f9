package io.postgresloader.camel;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.TableOptions;
import io.postgresloader.sql.SqlFailures;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Lets a table rest whose loads fail one after the other: its period doubles with each failure, up to an hour. A success
 * ends that, also one of another process, and so does an edit of the table's options. A database that cannot be used is
 * no failure of the table: its next load is not delayed.
 */
final class FailureBackOff {
    private static final Duration LONGEST = Duration.ofHours(1);

    /** 2 to this power times a second is more than an hour. */
    private static final int MOST_DOUBLINGS = 12;

    private final Supplier<Catalog> catalog;
    private final Predicate<String> failed;
    private final Supplier<Duration> clock;
    private final Map<String, Rest> rests = new ConcurrentHashMap<>();

    /**
     * A table whose last load failed.
     *
     * @param failures how many loads have failed since the last success
     * @param options the options of the last load
     * @param since when it ended, as a reading of the clock
     */
    private record Rest(int failures, TableOptions options, Duration since) {
        /** The first period after a failure is the usual one. */
        Duration length() {
            Duration period = options.load().schedule();
            Duration longest = period.compareTo(LONGEST) > 0 ? period : LONGEST;
            Duration length = period.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
            // A timer fires at its own times; the period in which the rest ends is long enough.
            return (length.compareTo(longest) < 0 ? length : longest).minus(period);
        }
    }

    /** @param failed whether the last load of a table failed, as the tracking tables say */
    FailureBackOff(Supplier<Catalog> catalog, Predicate<String> failed) {
        this(catalog, failed, () -> Duration.ofNanos(System.nanoTime()));
    }

    /** @param clock readings that only grow */
    FailureBackOff(Supplier<Catalog> catalog, Predicate<String> failed, Supplier<Duration> clock) {
        this.catalog = catalog;
        this.failed = failed;
        this.clock = clock;
    }

    /** Takes note of how a load ended; a load that was skipped changes nothing. */
    void ended(LoadResult result) {
        Optional<TableOptions> options = catalog.get().table(result.table());
        if (result.outcome() == LoadResult.Outcome.SUCCESS || options.isEmpty()) {
            rests.remove(result.table());
        } else if (result.failure().filter(FailureBackOff::ofTable).isPresent()) {
            rests.compute(
                    result.table(),
                    (table, rest) -> new Rest(rest == null ? 1 : rest.failures() + 1, options.get(), clock.get()));
        }
    }

    private static boolean ofTable(Failure failure) {
        return !SqlFailures.unusable(failure);
    }

    /** Whether a timer's request comes too early for a table that failed. */
    boolean rests(String table) {
        Rest rest = rests.get(table);
        if (rest == null || clock.get().minus(rest.since()).compareTo(rest.length()) >= 0) {
            return false;
        }
        boolean edited = !catalog.get().table(table).equals(Optional.of(rest.options()));
        if (edited || !stillFailed(table)) {
            rests.remove(table, rest);
            return false;
        }
        return true;
    }

    /** A target that does not answer says nothing of the table. */
    private boolean stillFailed(String table) {
        try {
            return failed.test(table);
        } catch (RuntimeException e) {
            return true;
        }
    }
}
