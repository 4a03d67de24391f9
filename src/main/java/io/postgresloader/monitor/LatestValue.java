package io.postgresloader.monitor;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A value as of a {@link TimedCache} that is kept for a while after the database stopped answering, or is late. */
final class LatestValue<T> {
    private final TimedCache<T> cache;
    private final long keptNanos;
    private Optional<T> last = Optional.empty();
    private long lastAt;

    /**
     * @param query reads the value
     * @param fresh for how long a value, or the absence of one, is not read again
     * @param wait how long a caller waits for the value
     * @param kept for how long the last value is better than none
     */
    LatestValue(Supplier<T> query, Duration fresh, Duration wait, Duration kept) {
        this(query, fresh, wait, fresh, kept);
    }

    /** @param rest for how long at most a value that takes long to read is not read again */
    LatestValue(Supplier<T> query, Duration fresh, Duration wait, Duration rest, Duration kept) {
        this.cache = new TimedCache<>(() -> keep(query.get()), fresh, wait, rest);
        this.keptNanos = kept.toNanos();
    }

    Optional<T> value() {
        return cache.value().or(this::kept);
    }

    /** The last value if it is kept, and then a stale one is read for the next caller; else as {@link #value}. */
    Optional<T> soon() {
        return kept().isPresent() ? cache.known().or(this::kept) : value();
    }

    /** Also a value that is too late for those who asked for it, and not fresh any more when the next one asks. */
    private synchronized T keep(T read) {
        last = Optional.of(read);
        lastAt = System.nanoTime();
        return read;
    }

    /** The last value, without a look at the database. */
    synchronized Optional<T> kept() {
        return last.filter(value -> System.nanoTime() - lastAt <= keptNanos);
    }
}
