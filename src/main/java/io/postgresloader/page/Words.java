package io.postgresloader.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes numbers, times and durations, always in English, whatever the locale of the process.
 *
 * @param now the time to which others are compared
 * @param zone of all times that are shown
 */
public record Words(Instant now, ZoneId zone) {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter THIS_YEAR = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter ANY_YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.ENGLISH);
    private static final Pattern TIME = Pattern.compile("(\\d{4}-\\d{2}-\\d{2} )?\\d{2}:\\d{2}(:\\d{2})?");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private static final String NO_BREAK = "\u00a0";

    /** A time of today by the clock, an older one with its date. */
    Moment moment(Instant time) {
        ZonedDateTime local = time.atZone(zone);
        ZonedDateTime today = now.atZone(zone);
        DateTimeFormatter format = local.toLocalDate().equals(today.toLocalDate())
                ? TODAY
                : local.getYear() == today.getYear() ? THIS_YEAR : ANY_YEAR;
        return new Moment(time.toString(), format.format(local), FULL.format(local) + NO_BREAK + zoneName());
    }

    Moment moment(Optional<Instant> time, String otherwise) {
        return time.map(this::moment).orElseGet(() -> Moment.none(otherwise));
    }

    /** The same text, in which no line ends between a time and its zone, or between a number and what it counts. */
    static String unbroken(String text) {
        return text.replace(" UTC", NO_BREAK + "UTC").replaceAll("(\\d) (?=[a-z])", "$1" + NO_BREAK);
    }

    /** The same text without its times. */
    static String withoutTimes(String text) {
        return TIME.matcher(text).replaceAll("…");
    }

    /** The time by the clock, with seconds. */
    String clock(Instant time) {
        return SECONDS.format(time.atZone(zone));
    }

    /** The zone by its name and what it is ahead of UTC now, e.g. {@code Europe/Berlin (UTC+01:00)}. */
    String zoneName() {
        String offset = zone.getRules().getOffset(now).getId();
        String name = zone.getDisplayName(TextStyle.NARROW, Locale.ROOT);
        return offset.equals("Z") ? "UTC" : name.equals(offset) ? "UTC" + offset : name + " (UTC" + offset + ")";
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String count(Optional<Long> number) {
        return number.map(Words::count).orElse("–");
    }

    /** E.g. {@code 1 table}, {@code 446 tables}. */
    static String count(long number, String one) {
        return count(number) + " " + one + (number == 1 ? "" : "s");
    }

    /** In one or two units: {@code 0.4 s}, {@code 12 s}, {@code 3 min}, {@code 2 h 5 min}, {@code 4 d}. */
    static String duration(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 120) {
            return whole + " s";
        }
        if (whole < 7200) {
            return whole / 60 + " min";
        }
        long hours = whole / 3600;
        return hours >= 48 ? hours / 24 + " d" : hours + " h " + whole % 3600 / 60 + " min";
    }

    /** How long ago, e.g. {@code 3 min ago}. */
    String ago(Instant time) {
        long seconds = Math.max(0, Duration.between(time, now).toSeconds());
        return seconds < 2 ? "just now" : duration(Math.max(10, seconds)) + " ago";
    }
}
