package io.postgresloader.model;

import java.time.Duration;
import java.time.LocalDateTime;

/**
 * The moment up to which the source is complete: every change before it is committed and can be read. It is the
 * source's clock before the read, moved back to the start of the oldest transaction or statement that is still open.
 *
 * @param utc the moment, in UTC: what TIMESTAMP columns are compared with
 * @param wallClock the same moment on the wall clock of the source's zone: what DATETIME and DATE columns hold
 * @param daylightSaving how far that wall clock jumps in the course of a year; zero where it never does
 * @param clock the source's clock in UTC, not moved back
 */
public record Horizon(LocalDateTime utc, LocalDateTime wallClock, Duration daylightSaving, LocalDateTime clock) {

    /** Starts of open transactions are known in whole seconds only, and so are ages. */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    /**
     * Forgoes a step back that is nothing but rounding: an open transaction may seem older than it is, by another part of
     * a second each time. What the source was complete up to then, it still is.
     *
     * @param earlier the horizon of a load before, in UTC
     */
    public Horizon notBefore(LocalDateTime earlier) {
        Duration back = Duration.between(utc, earlier);
        return back.isNegative() || back.compareTo(ROUNDING) > 0
                ? this
                : new Horizon(earlier, wallClock.plus(back), daylightSaving, clock);
    }

    /** The reading of the clock that a cursor of this type is compared with. */
    public LocalDateTime reading(CursorType type) {
        return type == CursorType.TIMESTAMP ? utc : wallClock;
    }
}
