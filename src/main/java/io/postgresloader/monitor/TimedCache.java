package io.postgresloader.monitor;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value of a database that many callers ask for. The value is read at most once in a period, and a caller waits only a
 * limited time for it, even if the database does not answer. A value that arrives too late for one caller is there for the
 * next.
 */
public final class TimedCache<T> {
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(2);

    /** How much longer a value is kept than reading it took. */
    private static final long RESTS = 100;

    private final Supplier<T> query;
    private final long freshNanos;
    private final long waitNanos;
    private final long restNanos;
    private Optional<T> value = Optional.empty();
    private boolean reading;
    private boolean wasRead;
    private long beganAt;
    private long readAt;

    /**
     * @param query reads the value; when it throws, there is no value
     * @param fresh for how long a value, or the absence of one, is kept
     */
    public TimedCache(Supplier<T> query, Duration fresh) {
        this(query, fresh, DEFAULT_WAIT);
    }

    /** @param wait how long a caller waits for the value */
    public TimedCache(Supplier<T> query, Duration fresh, Duration wait) {
        this(query, fresh, wait, fresh);
    }

    /**
     * @param rest a value that takes long to read is kept longer than {@code fresh}, but no longer than this, so that the
     *     database spends one percent of the time on it
     */
    TimedCache(Supplier<T> query, Duration fresh, Duration wait, Duration rest) {
        this.query = query;
        freshNanos = fresh.toNanos();
        waitNanos = wait.toNanos();
        restNanos = rest.toNanos();
    }

    /** The value; empty when it could not be read in time. */
    public synchronized Optional<T> value() {
        if (isStale()) {
            awaitRead();
            if (reading) {
                store(Optional.empty());
            }
        }
        return value;
    }

    /** The value as it is known, perhaps stale: then it is read for the next caller. */
    synchronized Optional<T> known() {
        if (isStale()) {
            startReading();
        }
        return value;
    }

    private void startReading() {
        if (!reading) {
            reading = true;
            beganAt = System.nanoTime();
            // The query may block until the connection's timeout.
            Thread thread = new Thread(this::read, "timed-cache");
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
        notifyAll();
    }

    private void store(Optional<T> read) {
        value = read;
        wasRead = true;
        readAt = System.nanoTime();
    }

    private boolean isStale() {
        long rest = Math.min(RESTS * (readAt - beganAt), restNanos);
        return !wasRead || System.nanoTime() - readAt > Math.max(freshNanos, rest);
    }
}
