package io.postgresloader.model;

import java.time.LocalTime;

/**
 * A period of every day, which may pass midnight.
 *
 * @param from its first minute
 * @param to the first minute after it; the same as {@code from}: the whole day
 */
public record QuietHours(LocalTime from, LocalTime to) {

    /** Whether a time of day is in the period. */
    public boolean contains(LocalTime time) {
        boolean afterBegin = !time.isBefore(from);
        boolean beforeEnd = time.isBefore(to);
        return from.isBefore(to) ? afterBegin && beforeEnd : afterBegin || beforeEnd;
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
