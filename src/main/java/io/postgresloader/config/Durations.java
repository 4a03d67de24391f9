package io.postgresloader.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in a short form: {@code 30s}, {@code 5m}, {@code 24h}, {@code 1d}, or ISO 8601. */
public final class Durations {
    /**
     * The form of a duration as a pattern for editors. It also accepts signs and durations above the limit.
     */
    public static final String SHAPE = "(?=.*[1-9])(\\d{1,9}[smhd]|[-+]?[Pp]([-+]?\\d+[Dd])?"
            + "([Tt]([-+]?\\d+[Hh])?([-+]?\\d+[Mm])?([-+]?\\d+([.,]\\d{0,9})?[Ss])?)?)";

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})([smhd])");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);
    /** Ten years: anything longer is a mistake, and would move a watermark out of the range of dates. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Durations() {}

    /** A duration of more than zero and at most ten years; empty for anything else. */
    public static Optional<Duration> parse(String text) {
        return read(text).filter(d -> d.compareTo(Duration.ZERO) > 0 && d.compareTo(LONGEST) <= 0);
    }

    private static Optional<Duration> read(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            return Optional.of(Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2))));
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException notIso) {
            return Optional.empty();
        }
    }
}
