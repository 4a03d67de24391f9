package io.postgresloader.model;

import java.time.Duration;
import java.time.LocalDateTime;

/**
 * The moment up to which the source is complete: every change before it is committed and can be read. The horizon is
 * the source's clock before the read, moved back to the start of the oldest open transaction or statement.
 *
 * @param utc the moment, in UTC: what TIMESTAMP columns are compared with
 * @param wallClock the same moment on the wall clock of the source's zone: what DATETIME and DATE columns hold
 * @param daylightSaving how far that wall clock is shifted in the course of a year; zero for a zone without shifts
 * @param clock the source's clock in UTC, not moved back
 */
public record Horizon(LocalDateTime utc, LocalDateTime wallClock, Duration daylightSaving, LocalDateTime clock) {

    /** The starts and ages of open work are known only in whole seconds, and on MySQL by a clock that is late. */
    private static final Duration ROUNDING = Duration.ofSeconds(3);

    /**
     * This horizon without a step back that results from rounding: an open transaction may appear older than it is, by
     * a different fraction of a second each time. The source is still complete up to the earlier horizon.
     *
     * @param earlier the horizon of an earlier load, in UTC
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
