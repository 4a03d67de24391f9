package io.postgresloader.type;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL type, parsed from the spelling of {@code format_type} or of {@code column_types}.
 *
 * @param name the full name in lower case without modifiers, e.g. {@code timestamp without time zone}
 * @param modifiers the numbers in parentheses: length, precision and scale, or digits of the seconds; empty for none
 */
record TargetType(String name, List<Integer> modifiers) {
    private static final Pattern FORM = Pattern.compile("([^(]+)(?:\\(([\\d, -]+)\\))?((?: with| without) time zone)?");
    private static final Map<String, String> FULL_NAMES = Map.of(
            "varchar", "character varying",
            "char", "character",
            "timestamp", "timestamp without time zone",
            "timestamptz", "timestamp with time zone",
            "time", "time without time zone");

    private static final int MOST_CHARACTERS = 10_485_760;
    private static final int MOST_BITS = 83_886_080;
    private static final int MOST_DIGITS = 1000;

    /** The default number of digits of the seconds. */
    private static final int MOST_FRACTION_DIGITS = 6;

    static TargetType of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return new TargetType(text, List.of());
        }
        String bare = form.group(1).strip() + (form.group(3) == null ? "" : form.group(3));
        String name = FULL_NAMES.getOrDefault(bare, bare);
        List<Integer> modifiers = form.group(2) == null
                ? List.of()
                : Arrays.stream(form.group(2).split(","))
                        .map(String::strip)
                        .map(Integer::valueOf)
                        .toList();
        return new TargetType(name, name.equals("numeric") && modifiers.size() == 1 ? withScale(modifiers) : modifiers);
    }

    /** Whether PostgreSQL accepts the modifiers. */
    boolean withinLimits() {
        int first = modifiers.isEmpty() ? 1 : modifiers.get(0);
        return switch (name) {
            case "character varying", "character" -> first >= 1 && first <= MOST_CHARACTERS;
            case "bit", "bit varying" -> first >= 1 && first <= MOST_BITS;
            case "numeric" -> first >= 1 && first <= MOST_DIGITS && (modifiers.size() < 2 || modifiers.get(1) <= first);
            default -> true;
        };
    }

    /** Whether this is a text type. */
    boolean textual() {
        return switch (name) {
            case "text", "character varying", "character", "citext" -> true;
            default -> false;
        };
    }

    /** Whether this is one of the three integer types. */
    boolean integer() {
        return name.equals("smallint") || name.equals("integer") || name.equals("bigint");
    }

    /** The number of digits of the seconds, 0 to 6. */
    int fractionDigits() {
        return modifiers.isEmpty() ? MOST_FRACTION_DIGITS : modifiers.get(0);
    }

    private static List<Integer> withScale(List<Integer> precision) {
        return List.of(precision.get(0), 0);
    }
}
