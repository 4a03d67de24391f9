package io.postgresloader.model.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The speed of the last seconds, from a total that grows by pages. A page may take a second or a millisecond: what comes
 * close together is one sample, so that there are few of them.
 */
final class RecentRate {
    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long TOGETHER_NANOS = Duration.ofMillis(250).toNanos();

    /** A page that takes longer than this lowers the speed before it is done. */
    private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();

    private final Deque<Sample> samples = new ArrayDeque<>();
    private Sample latest;

    private record Sample(long nanos, long rows) {}

    /** Begins again: rows that were done before do not count. */
    synchronized void restart(long nanos, long rows) {
        latest = new Sample(nanos, rows);
        samples.clear();
        samples.add(latest);
    }

    /** @param rows the total now */
    synchronized void add(long nanos, long rows) {
        latest = new Sample(nanos, rows);
        if (nanos - samples.getLast().nanos >= TOGETHER_NANOS) {
            samples.add(latest);
        }
        while (samples.size() > 2 && nanos - samples.getFirst().nanos > WINDOW_NANOS) {
            samples.removeFirst();
        }
    }

    /** Rows per second up to {@code now}. */
    synchronized double perSecond(long now) {
        Sample first = samples.getFirst();
        long end = now - latest.nanos > QUIET_NANOS ? now : latest.nanos;
        return end == first.nanos ? 0 : (latest.rows - first.rows) * 1e9 / (end - first.nanos);
    }
}
