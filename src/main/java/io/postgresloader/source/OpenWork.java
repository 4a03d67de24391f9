package io.postgresloader.source;

import io.postgresloader.database.Source;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How long the source's oldest open transaction and statement have been at work. One look at them serves all loads that
 * ask within a moment: what the source was complete up to then, it still is. So this process leaves the server the
 * silence that it needs to renew what it shows ({@link OpenTransactions}), and hundreds of tables cost a few looks.
 */
final class OpenWork {
    /** Longer than the silence of 100 ms, measured from the answer on. */
    private static final Duration SHARED = Duration.ofMillis(250);

    /** Where transactions cannot be seen now: to look again takes a second. */
    private static final Duration SHARED_WITHOUT_SIGHT = Duration.ofSeconds(2);

    private final Supplier<Ages> looks;
    private final LongSupplier nanos;
    private Ages shared;
    private LocalDateTime lookedAt;
    private long sharedUntil;

    OpenWork(Source source) {
        this(new OpenWorkQueries(source)::read, System::nanoTime);
    }

    /**
     * @param looks asks the source
     * @param nanos a clock that is never set
     */
    OpenWork(Supplier<Ages> looks, LongSupplier nanos) {
        this.looks = looks;
        this.nanos = nanos;
    }

    /**
     * What was seen.
     *
     * @param transaction the age of the oldest transaction; zero when none is open, or none can be seen; empty:
     *     unknown at the moment
     * @param statement the age of the oldest statement; zero when there is none
     * @param ago how long before now the source was looked at: nothing after that
     *     moment is known to be complete
     * @param complete whether everything can be seen
     * @param notes what could not be seen, and what to do
     */
    record Ages(
            Optional<Duration> transaction, Duration statement, Duration ago, boolean complete, List<String> notes) {
        Ages seenAgo(Duration time) {
            return new Ages(transaction, statement, time, complete, notes);
        }
    }

    /**
     * Looks at the open work; call it after the clock was read. A thread that asks meanwhile waits and shares the
     * answer.
     *
     * @param clock the source's, in UTC: by no other is a look so old that all who share it come to the same horizon
     */
    synchronized Ages read(LocalDateTime clock) {
        if (shared != null && nanos.getAsLong() - sharedUntil < 0) {
            Duration ago = Duration.between(lookedAt, clock);
            return shared.seenAgo(ago.isNegative() ? Duration.ZERO : ago);
        }
        shared = null;
        Ages seen = looks.get();
        shared = seen;
        lookedAt = clock;
        sharedUntil = nanos.getAsLong() + (seen.transaction().isPresent() ? SHARED : SHARED_WITHOUT_SIGHT).toNanos();
        return seen;
    }
}
