package io.postgresloader.type;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change of a column's PostgreSQL type that keeps all existing values. The loader makes only such changes
 * automatically.
 *
 * @param to the wider type
 * @param using the expression that converts a value
 */
public record Widening(String to, String using) {
    /** The maximum number of digits of each integer type. */
    private static final Map<String, Integer> INTEGER_DIGITS = Map.of("smallint", 5, "integer", 10, "bigint", 19);

    private static final int NUMERIC_UNBOUNDED = Integer.MAX_VALUE;

    /**
     * @param actual the existing type
     * @param wanted the required type
     * @param quotedColumn the quoted name of the column
     * @return the change; empty if the types are equal, or the required type is not wider
     */
    public static Optional<Widening> of(String actual, String wanted, String quotedColumn) {
        TargetType from = TargetType.of(actual);
        TargetType to = TargetType.of(wanted);
        if (from.equals(to) || !wider(from, to)) {
            return Optional.empty();
        }
        String using = quotedColumn + "::" + wanted;
        if (to.name().equals("bit")) {
            // A plain cast would append the new bits on the right.
            int added = to.modifiers().get(0) - from.modifiers().get(0);
            using = "('" + "0".repeat(added) + "' || " + quotedColumn + ")::" + wanted;
        }
        return Optional.of(new Widening(wanted, using));
    }

    private static boolean wider(TargetType from, TargetType to) {
        if (from.integer()) {
            return switch (to.name()) {
                case "smallint", "integer", "bigint" -> digits(to) > digits(from);
                case "numeric" -> wholeDigits(to) >= digits(from);
                default -> to.name().equals("text");
            };
        }
        return switch (from.name()) {
            case "numeric" -> to.name().equals("text") || to.name().equals("numeric") && holds(to, from);
            case "real" -> to.name().equals("double precision");
            case "date" -> to.name().equals("timestamp without time zone")
                    || to.name().equals("text");
            case "timestamp without time zone" -> to.name().equals("text") || sameButLarger(from, to);
            case "timestamp with time zone", "time without time zone", "interval", "bit" -> sameButLarger(from, to);
            case "character varying" -> to.name().equals("text") || sameButLarger(from, to);
            default -> false;
        };
    }

    private static boolean sameButLarger(TargetType from, TargetType to) {
        return from.name().equals(to.name())
                && !from.modifiers().isEmpty()
                && (to.modifiers().isEmpty()
                        || to.modifiers().get(0) > from.modifiers().get(0));
    }

    private static boolean holds(TargetType to, TargetType from) {
        return !from.modifiers().isEmpty() && wholeDigits(to) >= wholeDigits(from) && scale(to) >= scale(from);
    }

    private static int digits(TargetType integer) {
        return INTEGER_DIGITS.get(integer.name());
    }

    private static int wholeDigits(TargetType numeric) {
        List<Integer> modifiers = numeric.modifiers();
        return modifiers.isEmpty() ? NUMERIC_UNBOUNDED : modifiers.get(0) - modifiers.get(1);
    }

    private static int scale(TargetType numeric) {
        return numeric.modifiers().isEmpty()
                ? NUMERIC_UNBOUNDED
                : numeric.modifiers().get(1);
    }
}
