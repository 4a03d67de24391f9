package io.postgresloader.config.tables;

import io.postgresloader.config.Durations;
import io.postgresloader.config.Nearest;
import io.postgresloader.model.QuietHours;
import io.postgresloader.model.ValuePolicies;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts one YAML value to the value of an option; null after a problem was recorded. */
final class YamlValues {
    static final String DURATIONS = "expected a duration such as 30s, 5m, 24h, 1d or PT5M, at most 3650d";
    static final String DURATIONS_OR_OFF = DURATIONS + ", or off";
    static final String PARTS_OF_THE_DAY = "expected a period on the source's clock such as 07:00-19:00, or off";
    static final String FRACTIONS = "expected a fraction from 0 to 1 such as 0.05, or a percentage such as 5%";
    static final String BOOLEANS = "expected true or false";
    static final String DAYS = "expected a day such as 2000-01-01";
    static final String DAYS_OF_ZERO = "expected null, reject, or a day such as 1900-01-01";

    static final Pattern DATE = Pattern.compile("(?!0000)\\d{4}-\\d{2}-\\d{2}");

    static final Pattern HOURS =
            Pattern.compile("([01]\\d:[0-5]\\d|2[0-3]:[0-5]\\d)-([01]\\d:[0-5]\\d|2[0-3]:[0-5]\\d)");

    /** From 0 to 1, or from 0% to 100%. */
    static final Pattern FRACTION = Pattern.compile(
            "(0{1,3}(\\.\\d{1,6})?|0{0,2}1(\\.0{1,6})?)\\s?" + "|(0?\\d{1,2}(\\.\\d{1,6})?|100(\\.0{1,6})?)\\s?%");

    private YamlValues() {}

    static Duration duration(YamlValue value, ParseContext context) {
        Optional<Duration> duration = value.text().flatMap(Durations::parse);
        if (duration.isEmpty()) {
            context.problem(value, DURATIONS);
        }
        return duration.orElse(null);
    }

    /** A duration, or {@code off}, which YAML 1.1 reads as the boolean false unless it is quoted. */
    static Optional<Duration> durationOrOff(YamlValue value, ParseContext context) {
        boolean off = value.bool()
                .map(b -> !b)
                .orElse(value.text().filter("off"::equals).isPresent());
        Optional<Duration> duration = value.text().flatMap(Durations::parse);
        if (!off && duration.isEmpty()) {
            context.problem(value, DURATIONS_OR_OFF);
        }
        return duration;
    }

    /** A period of the day such as {@code 07:00-19:00}, or {@code off}. */
    static Optional<QuietHours> quietHours(YamlValue value, ParseContext context) {
        boolean off = value.bool()
                .map(b -> !b)
                .orElse(value.text().filter("off"::equals).isPresent());
        Optional<Matcher> hours = value.scalar().map(HOURS::matcher).filter(Matcher::matches);
        if (!off && hours.isEmpty()) {
            context.problem(value, PARTS_OF_THE_DAY);
        }
        return hours.map(m -> new QuietHours(LocalTime.parse(m.group(1)), LocalTime.parse(m.group(2))));
    }

    static Boolean bool(YamlValue value, ParseContext context) {
        Optional<Boolean> bool = value.bool();
        if (bool.isEmpty()) {
            context.problem(value, BOOLEANS);
        }
        return bool.orElse(null);
    }

    /** A fraction from 0 to 1: a number such as 0.05, or a percentage such as 5%. */
    static Double fraction(YamlValue value, ParseContext context) {
        Optional<Double> fraction = value.scalar()
                .filter(s -> FRACTION.matcher(s).matches())
                .map(s -> s.endsWith("%")
                        ? Double.parseDouble(s.substring(0, s.length() - 1).strip()) / 100
                        : Double.parseDouble(s));
        if (fraction.isEmpty()) {
            context.problem(value, FRACTIONS);
        }
        return fraction.orElse(null);
    }

    /** A day, quoted or not, without a time of day. */
    static LocalDate date(YamlValue value, ParseContext context) {
        Optional<LocalDate> day = day(value);
        if (day.isEmpty()) {
            context.problem(value, DAYS);
        }
        return day.orElse(null);
    }

    private static Optional<LocalDate> day(YamlValue value) {
        try {
            return value.scalar().filter(s -> DATE.matcher(s).matches()).map(LocalDate::parse);
        } catch (DateTimeParseException noSuchDay) {
            // Such as 2000-02-30.
            return Optional.empty();
        }
    }

    /** {@code null}, quoted or not, {@code reject}, or a day. */
    static ValuePolicies.ZeroDates zeroDates(YamlValue value, ParseContext context) {
        String text = value.scalar().orElse("null");
        if (!value.isMap() && !value.isList() && text.equals("null")) {
            return ValuePolicies.ZeroDates.NULL;
        }
        if (text.equals("reject")) {
            return ValuePolicies.ZeroDates.REJECT;
        }
        Optional<LocalDate> day = day(value);
        if (day.isEmpty()) {
            context.problem(value, DAYS_OF_ZERO);
        }
        return day.map(ValuePolicies.ZeroDates::as).orElse(null);
    }

    /** One of the constants, written in lower case. */
    static <E extends Enum<E>> E choice(YamlValue value, Class<E> type, ParseContext context) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        String text = value.text().orElse("");
        Optional<E> chosen =
                constants.stream().filter(c -> word(c).equals(text)).findFirst();
        if (chosen.isEmpty()) {
            context.problem(value, Nearest.hint(text, words(type)));
        }
        return chosen.orElse(null);
    }

    /** The words for the constants. */
    static <E extends Enum<E>> List<String> words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(YamlValues::word).toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
