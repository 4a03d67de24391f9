package io.postgresloader.testing;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** The two nights of a year in which a zone with daylight saving changes its clocks. */
public enum ClockChange {
    /** The wall clock shows an hour twice. */
    BACK,
    /** The wall clock leaves an hour out. */
    FORWARD;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    /**
     * A zone that changes its clocks at this moment and half a year from it, every year. On its wall clock it is about
     * noon then, so that the day stays the same.
     *
     * @param utc the moment, in UTC and whole seconds
     * @return a POSIX TZ value
     */
    public String zoneChangingAt(LocalDateTime utc) {
        int standardOffset = 12 - utc.getHour();
        LocalDateTime wallClock = utc.plusHours(this == BACK ? standardOffset + 1 : standardOffset);
        int day = wallClock.getDayOfYear() - 1;
        String now = day + "/" + wallClock.format(TIME);
        String halfAYearOff = (day + 180) % 365 + "/12:00:00";
        // Abbreviations that drivers know; what they stand for is said here.
        return "MST" + -standardOffset + "MDT," + (this == BACK ? halfAYearOff + "," + now : now + "," + halfAYearOff);
    }
}
