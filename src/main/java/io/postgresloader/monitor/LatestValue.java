package io.postgresloader.monitor;

import java.time.Duration;
import java.util.Optional;

/** A value of a {@link TimedCache} that is kept for a while after the database stopped answering, or is late. */
final class LatestValue<T> {
    private final TimedCache<T> cache;
    private final long keptNanos;
    private Optional<T> last = Optional.empty();
    private long lastAt;

    /** @param kept for how long the last value is better than none */
    LatestValue(TimedCache<T> cache, Duration kept) {
        this.cache = cache;
        this.keptNanos = kept.toNanos();
    }

    Optional<T> value() {
        Optional<T> read = cache.value();
        synchronized (this) {
            if (read.isPresent()) {
                last = read;
                lastAt = System.nanoTime();
            }
            return kept();
        }
    }

    /** The last value, without a look at the database. */
    synchronized Optional<T> kept() {
        return last.filter(value -> System.nanoTime() - lastAt <= keptNanos);
    }
}
