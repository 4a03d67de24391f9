package io.postgresloader.demo.benchmark;

import java.util.concurrent.TimeUnit;

/** One direction of a line: when bytes arrive that are sent now. */
final class Lane {
    /** Neither delay nor limit. */
    static final Lane FAST = new Lane(0, Double.POSITIVE_INFINITY);

    private static final double BYTES_IN_MEGABIT = 125_000;

    private final long delayNanos;
    private final double nanosPerByte;
    private long freeAt = Long.MIN_VALUE;

    /**
     * @param delayMillis what passes between the end of sending and arrival
     * @param megabits per second; infinity: no limit
     */
    Lane(double delayMillis, double megabits) {
        delayNanos = Math.round(delayMillis * TimeUnit.MILLISECONDS.toNanos(1));
        nanosPerByte = TimeUnit.SECONDS.toNanos(1) / (megabits * BYTES_IN_MEGABIT);
    }

    /**
     * Sends bytes after all those that were sent before.
     *
     * @param now by the clock of {@link System#nanoTime}
     * @return when the last of them arrives, by the same clock
     */
    synchronized long send(int bytes, long now) {
        freeAt = Math.max(freeAt, now) + Math.round(bytes * nanosPerByte);
        return freeAt + delayNanos;
    }
}
