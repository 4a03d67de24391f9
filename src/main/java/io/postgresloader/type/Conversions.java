package io.postgresloader.type;

import io.postgresloader.model.Column;
import io.postgresloader.model.ValuePolicies;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Mappings to other target types than the default, for existing tables and for {@code column_types}. A value is stored
 * exactly or not at all: values that PostgreSQL would round or truncate become dead letters. Pairs of types that
 * PostgreSQL converts only by accident are not supported, such as an integer whose digits look like bits.
 */
final class Conversions {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d+)?");
    private static final Pattern BOOLEAN = Pattern.compile("0|1|true|false", Pattern.CASE_INSENSITIVE);
    private static final Pattern BITS = Pattern.compile("[01]+");
    private static final String DATE = "\\d{4}-\\d\\d-\\d\\d";
    private static final String TIME = "\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?";
    private static final Pattern DATE_ONLY = Pattern.compile(DATE);
    private static final Pattern DATE_TIME = Pattern.compile(DATE + "([ T]" + TIME + ")?");
    private static final Pattern TIME_ONLY = Pattern.compile(TIME);
    private static final Pattern INTERVAL = Pattern.compile("-?\\d+:\\d\\d:\\d\\d(\\.\\d+)?");

    private final TypeMapping natural;
    private final SourceFamily family;
    private final TargetType target;
    private final String targetText;
    private final ValuePolicies policies;

    private Conversions(TypeMapping natural, Column column, String targetText, ValuePolicies policies) {
        this.natural = natural;
        this.family = SourceFamily.of(column).orElse(SourceFamily.TEXT);
        this.target = TargetType.of(targetText);
        this.targetText = targetText;
        this.policies = policies;
    }

    /**
     * @param natural the default mapping of the column
     * @param targetType the existing or requested type in the target
     * @throws UnmappedTypeException if the type cannot store the column's values
     */
    static TypeMapping to(String targetType, Column column, TypeMapping natural, ValuePolicies policies) {
        if (TargetType.of(natural.targetType()).equals(TargetType.of(targetType))) {
            return natural;
        }
        return new Conversions(natural, column, targetType, policies)
                .find()
                .orElseThrow(() -> new UnmappedTypeException("column " + column.name() + " has the type "
                        + column.columnType() + ", which the target type " + targetType + " cannot store; change the"
                        + " type in the target to " + natural.targetType() + ", the default, or exclude the column"
                        + " with exclude_columns"));
    }

    private Optional<TypeMapping> find() {
        return Optional.ofNullable(
                switch (family) {
                    case INTEGER, DECIMAL, FLOAT, DOUBLE -> number();
                    case DATE, DATETIME, TIME -> temporal();
                    case BIT -> bits();
                    case BYTES -> bytes();
                    case TEXT, JSON, UUID, ADDRESS -> text();
                    case GEOMETRY -> null;
                });
    }

    private TypeMapping number() {
        boolean floating = family == SourceFamily.FLOAT;
        if (target.textual()) {
            TypeMapping digits = floating ? decimals(NumberMapping.ANY_DECIMALS) : natural;
            return checked(digits, CheckedMapping.Check.NONE);
        }
        return switch (target.name()) {
            case "smallint", "integer", "bigint" -> family == SourceFamily.INTEGER
                    ? checked(natural, CheckedMapping.Check.NONE)
                    : decimals(0);
            case "numeric" -> decimals(scale());
            case "real" -> checked(natural, Checks.roundTrips(true));
            case "double precision" -> checked(
                    natural, floating ? CheckedMapping.Check.NONE : Checks.roundTrips(false));
            case "boolean" -> family == SourceFamily.INTEGER
                    ? new CheckedMapping(targetText, decimals(0), Checks.form(Pattern.compile("0*[01]")))
                    : null;
            default -> null;
        };
    }

    private TypeMapping temporal() {
        if (target.textual()) {
            return checked(natural, CheckedMapping.Check.NONE);
        }
        return switch (target.name() + " from " + family) {
            case "timestamp without time zone from DATE", "timestamp with time zone from DATE" -> checked(
                    natural, CheckedMapping.Check.NONE);
            case "timestamp without time zone from DATETIME",
                    "timestamp with time zone from DATETIME",
                    "interval from TIME" -> checked(natural, Checks.fraction(target.fractionDigits()));
            case "date from DATETIME" -> checked(natural, Checks.noTimeOfDay());
            case "time without time zone from TIME" -> checked(
                    natural, Checks.withinDay().and(Checks.fraction(target.fractionDigits())));
            default -> null;
        };
    }

    private TypeMapping bits() {
        return switch (target.name()) {
            case "bit" -> new BitMapping(
                    targetText,
                    target.modifiers().isEmpty() ? 1 : target.modifiers().get(0));
            case "smallint", "integer", "bigint", "numeric" -> new BitNumberMapping(targetText);
            case "boolean" -> new BitMapping(targetText, 1);
            case "bit varying", "text", "character varying" -> checked(natural, CheckedMapping.Check.NONE);
            default -> null;
        };
    }

    private TypeMapping bytes() {
        if (target.textual()) {
            return checked(TextMapping.utf8(targetText, policies).into(targetText, longest()), Checks.validText());
        }
        return target.name().equals("uuid") ? new UuidBytesMapping() : null;
    }

    private TypeMapping text() {
        if (target.textual()) {
            return ((TextMapping) natural).into(targetText, longest());
        }
        CheckedMapping.Check check =
                switch (target.name()) {
                    case "jsonb" -> Checks.noDuplicateKeys();
                    case "json", "uuid", "inet", "enum" -> CheckedMapping.Check.NONE;
                    case "smallint", "integer", "bigint" -> Checks.form(Pattern.compile("[+-]?\\d+"));
                    case "numeric" -> Checks.form(NUMBER).and(decimals(scale())::converted);
                    case "real" -> Checks.form(NUMBER).and(Checks.roundTrips(true));
                    case "double precision" -> Checks.form(NUMBER).and(Checks.roundTrips(false));
                    case "boolean" -> Checks.form(BOOLEAN);
                    case "bit", "bit varying" -> Checks.form(BITS);
                    case "date" -> Checks.form(DATE_ONLY);
                    case "timestamp without time zone", "timestamp with time zone" -> Checks.form(DATE_TIME)
                            .and(Checks.fraction(target.fractionDigits()));
                    case "time without time zone" -> Checks.form(TIME_ONLY)
                            .and(Checks.fraction(target.fractionDigits()));
                    case "interval" -> Checks.form(INTERVAL).and(Checks.fraction(target.fractionDigits()));
                    default -> null;
                };
        if (check == null) {
            return target.name().equals("bytea") ? new BytesMapping() : null;
        }
        return checked(natural, check);
    }

    private int scale() {
        return target.modifiers().isEmpty()
                ? NumberMapping.ANY_DECIMALS
                : target.modifiers().get(1);
    }

    private NumberMapping decimals(int most) {
        return new NumberMapping(targetText, natural, family == SourceFamily.FLOAT, most);
    }

    private int longest() {
        return target.modifiers().isEmpty()
                ? TextMapping.UNLIMITED
                : target.modifiers().get(0);
    }

    private TypeMapping checked(TypeMapping mapping, CheckedMapping.Check check) {
        return new CheckedMapping(targetText, mapping, check);
    }
}
