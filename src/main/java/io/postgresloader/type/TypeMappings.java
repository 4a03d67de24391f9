package io.postgresloader.type;

import io.postgresloader.model.Column;
import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.ValuePolicies;
import java.util.Optional;
import java.util.regex.Pattern;

/** The registry of type mappings. A column's declared type determines its mapping, never its data. */
final class TypeMappings {
    /**
     * The PostgreSQL types allowed in {@code column_types}. The type is part of a statement, so other text could inject
     * SQL.
     */
    private static final Pattern OVERRIDES =
            Pattern.compile("smallint|integer|bigint|real|double precision|text|boolean"
                    + "|date|interval|bytea|json|jsonb|uuid|inet|numeric(\\(\\d{1,4}(, ?\\d{1,4})?\\))?"
                    + "|(varchar|char|bit|bit varying)(\\(\\d{1,8}\\))?|time(\\([0-6]\\))?|timestamptz(\\([0-6]\\))?"
                    + "|timestamp(\\([0-6]\\))?( with time zone)?");

    private TypeMappings() {}

    /**
     * The mapping of a column into a table that the loader creates.
     *
     * @throws UnmappedTypeException if the type is not supported, or {@code column_types} names an unsupported type
     */
    static TypeMapping of(Column column, ColumnOptions options) {
        Optional<TypeMapping> known = known(column, options.policies(column.name()));
        Optional<String> asked = options.type(column.name());
        if (asked.isPresent()) {
            requireKnown(column, asked.get());
            return to(asked.get(), known.orElseGet(() -> text(column, options)), column, options);
        }
        return known.orElseThrow(() -> new UnmappedTypeException("column " + column.name() + " has the type "
                + column.columnType() + ", which is not supported; set its PostgreSQL type in column_types, e.g. "
                + column.name() + ": text"));
    }

    /**
     * The mapping of a column to the existing type of the target.
     *
     * @throws UnmappedTypeException if the type cannot store the column's values
     */
    static TypeMapping to(String type, TypeMapping mapping, Column column, ColumnOptions options) {
        return Conversions.to(type, column, mapping, options.policies(column.name()));
    }

    private static void requireKnown(Column column, String type) {
        if (!OVERRIDES.matcher(type).matches() || !TargetType.of(type).withinLimits()) {
            throw new UnmappedTypeException("column_types of column " + column.name() + ": found " + type
                    + "; allowed are smallint, integer, bigint, numeric(p,s), real, double precision, text,"
                    + " varchar(n),"
                    + " char(n), boolean, date, time(p), timestamp(p), timestamp(p) with time zone, interval, bit(n),"
                    + " bytea, json, jsonb, uuid, inet");
        }
    }

    private static TypeMapping text(Column column, ColumnOptions options) {
        return TextMapping.of("text", column.characterSet(), options.policies(column.name()));
    }

    private static Optional<TypeMapping> known(Column column, ValuePolicies policies) {
        return SourceFamily.of(column).map(family -> of(family, column, policies));
    }

    private static TypeMapping of(SourceFamily family, Column column, ValuePolicies policies) {
        return switch (family) {
            case INTEGER -> integer(column, policies);
            case DECIMAL -> new PlainMapping("numeric(" + column.precision().orElse(10) + ","
                    + column.scale().orElse(0) + ")");
            case DOUBLE -> new PlainMapping("double precision");
            case FLOAT -> new FloatMapping("real");
            case DATE -> new DateMapping("date", policies.zeroDates());
            case DATETIME -> new DateMapping("timestamp" + fraction(column), policies.zeroDates());
            case TIME -> time(column, policies);
            case BYTES -> new BytesMapping();
            case BIT -> BitMapping.ofWidth(column.precision().orElse(1));
            case GEOMETRY -> new GeometryMapping();
            case TEXT -> TextMapping.of("text", column.characterSet(), policies);
            case JSON -> TextMapping.utf8("jsonb", policies);
            case UUID -> TextMapping.utf8("uuid", policies);
            case ADDRESS -> TextMapping.utf8("inet", policies);
        };
    }

    private static TypeMapping integer(Column column, ValuePolicies policies) {
        TypeMapping mapping = IntegerMapping.of(column);
        boolean flag = policies.tinyint1() == ValuePolicies.Tinyint1.BOOLEAN
                && column.columnType().startsWith("tinyint(1)");
        return flag ? Conversions.to("boolean", column, mapping, policies) : mapping;
    }

    private static TypeMapping time(Column column, ValuePolicies policies) {
        TypeMapping mapping = new PlainMapping("interval" + fraction(column));
        return policies.time() == ValuePolicies.Time.TIME
                ? Conversions.to("time" + fraction(column), column, mapping, policies)
                : mapping;
    }

    private static String fraction(Column column) {
        return "(" + column.fractionDigits().orElse(0) + ")";
    }
}
