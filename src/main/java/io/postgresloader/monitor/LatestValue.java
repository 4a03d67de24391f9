package io.postgresloader.monitor;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value of a database that many callers ask for. It is read when somebody asks, at most once in a period, and a caller
 * waits only a limited time for it, even if the database does not answer. A value that is too late for those who asked is
 * kept for the next, and the last value is kept for a while after the database stopped answering.
 */
public final class LatestValue<T> {
    /** How much longer a value is not read again than reading it took. */
    private static final long RESTS = 100;

    private final Supplier<T> query;
    private final long freshNanos;
    private final long waitNanos;
    private final long restNanos;
    private final long keptNanos;
    private boolean reading;
    private long beganAt;
    /** What the last look found; empty also if a caller has waited for it in vain. */
    private Optional<T> found = Optional.empty();

    private boolean wasRead;
    private long foundAt;
    private Optional<T> last = Optional.empty();
    private long lastAt;
    /** Whether the last look that ended found a value. */
    private Optional<Boolean> succeeded = Optional.empty();

    private long endedAt;

    /**
     * @param query reads the value; when it throws, there is no value
     * @param fresh for how long a value, or the absence of one, is not read again
     * @param wait how long a caller waits for the value
     * @param kept for how long the last value is better than none; zero: it is not
     */
    public LatestValue(Supplier<T> query, Duration fresh, Duration wait, Duration kept) {
        this(query, fresh, wait, fresh, kept);
    }

    /**
     * @param rest a value that takes long to read is not read again for longer than {@code fresh}, but for no longer than
     *     this, so that the database spends one percent of the time on it
     */
    LatestValue(Supplier<T> query, Duration fresh, Duration wait, Duration rest, Duration kept) {
        this.query = query;
        freshNanos = fresh.toNanos();
        waitNanos = wait.toNanos();
        restNanos = rest.toNanos();
        keptNanos = kept.toNanos();
    }

    /** The value, or the last one; empty when it could not be read in time, and none is kept. */
    public synchronized Optional<T> value() {
        if (isStale()) {
            awaitRead();
            if (reading) {
                store(Optional.empty());
            }
        }
        return found.or(this::kept);
    }

    /** The value or the last one, without a wait: a stale one is read for the next caller. */
    synchronized Optional<T> known() {
        if (isStale()) {
            startReading();
            return kept();
        }
        return found.or(this::kept);
    }

    /** As {@link #known}, but a caller waits if no value is kept. */
    synchronized Optional<T> soon() {
        return kept().isPresent() ? known() : value();
    }

    /** The last value, without a look at the database. */
    synchronized Optional<T> kept() {
        return last.filter(value -> System.nanoTime() - lastAt < keptNanos);
    }

    /**
     * Whether the database gives the value.
     *
     * @param limit a look that takes longer finds nothing, until it ends
     * @return empty: no look has ended lately, and the one that is made is within the limit
     */
    synchronized Optional<Boolean> answers(Duration limit) {
        long now = System.nanoTime();
        return reading && now - beganAt > limit.toNanos()
                ? Optional.of(false)
                : succeeded.filter(success -> now - endedAt < keptNanos);
    }

    private void startReading() {
        if (!reading) {
            reading = true;
            beganAt = System.nanoTime();
            // The query may block until the connection's timeout.
            Thread thread = new Thread(this::read, "latest-value");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void awaitRead() {
        startReading();
        long end = System.nanoTime() + waitNanos;
        try {
            for (long left = waitNanos; reading && left > 0; left = end - System.nanoTime()) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        Optional<T> read = Optional.empty();
        try {
            read = Optional.of(query.get());
        } catch (RuntimeException e) {
            // The exception's text may quote values. Callers see that there is no value.
        } finally {
            finish(read);
        }
    }

    private synchronized void finish(Optional<T> read) {
        reading = false;
        store(read);
        succeeded = Optional.of(read.isPresent());
        endedAt = foundAt;
        if (read.isPresent()) {
            last = read;
            lastAt = foundAt;
        }
        notifyAll();
    }

    private void store(Optional<T> read) {
        found = read;
        wasRead = true;
        foundAt = System.nanoTime();
    }

    private boolean isStale() {
        long rest = Math.min(RESTS * (foundAt - beganAt), restNanos);
        return !wasRead || System.nanoTime() - foundAt > Math.max(freshNanos, rest);
    }
}
