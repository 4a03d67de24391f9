package io.postgresloader.type;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Converts TIMESTAMP values from UTC to the wall clock of a zone, by the zone's rules. The hour that the clock repeats
 * in autumn has one text for two instants.
 */
public final class WallClock {
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int LENGTH = "yyyy-MM-dd HH:mm:ss".length();

    private final ZoneRules rules;

    /**
     * The values of a table are close together, so that nearly all have the offset of the value before. The field needs
     * no lock: an interval is immutable, and any interval is a correct one.
     */
    private Interval last = new Interval(0, 0, 0);

    public WallClock(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /**
     * The value on the wall clock, in a new array; the fraction of the seconds stays.
     *
     * @param utc the driver's text, such as {@code 2025-01-01 15:17:05.5}. The zero date and any other text that is not
     *     a time is returned unchanged
     */
    public byte[] fromUtc(byte[] utc) {
        if (!time(utc)) {
            return utc;
        }
        long day = LocalDate.of(number(utc, 0, 4), number(utc, 5, 2), number(utc, 8, 2))
                .toEpochDay();
        long instant =
                day * SECONDS_OF_DAY + number(utc, 11, 2) * 3600L + number(utc, 14, 2) * 60L + number(utc, 17, 2);
        long local = instant + offset(instant);
        byte[] text = utc.clone();
        long localDay = Math.floorDiv(local, SECONDS_OF_DAY);
        if (localDay != day) {
            LocalDate date = LocalDate.ofEpochDay(localDay);
            write(text, 0, 4, date.getYear());
            write(text, 5, 2, date.getMonthValue());
            write(text, 8, 2, date.getDayOfMonth());
        }
        int second = (int) Math.floorMod(local, (long) SECONDS_OF_DAY);
        write(text, 11, 2, second / 3600);
        write(text, 14, 2, second / 60 % 60);
        write(text, 17, 2, second % 60);
        return text;
    }

    private long offset(long instant) {
        Interval interval = last;
        if (instant < interval.from || instant >= interval.before) {
            interval = interval(Instant.ofEpochSecond(instant));
            last = interval;
        }
        return interval.offset;
    }

    private Interval interval(Instant instant) {
        ZoneOffsetTransition begun = rules.previousTransition(instant.plusSeconds(1));
        ZoneOffsetTransition next = rules.nextTransition(instant);
        return new Interval(
                begun == null ? Long.MIN_VALUE : begun.toEpochSecond(),
                next == null ? Long.MAX_VALUE : next.toEpochSecond(),
                rules.getOffset(instant).getTotalSeconds());
    }

    /** Zero dates have a zero month or day. */
    private static boolean time(byte[] text) {
        return text.length >= LENGTH
                && text[4] == '-'
                && text[10] == ' '
                && text[13] == ':'
                && (text[5] != '0' || text[6] != '0')
                && (text[8] != '0' || text[9] != '0');
    }

    private static int number(byte[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = 10 * number + text[i] - '0';
        }
        return number;
    }

    private static void write(byte[] text, int from, int digits, int number) {
        int rest = number;
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** From one change of the clock to the next, in seconds of the epoch. */
    private record Interval(long from, long before, long offset) {}
}
