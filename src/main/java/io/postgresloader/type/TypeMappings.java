package io.postgresloader.type;

import io.postgresloader.model.Column;
import java.util.Optional;
import java.util.regex.Pattern;

/** The registry: which mapping serves a column. The declared type decides, never a guess from the data. */
final class TypeMappings {
    /** The PostgreSQL types that {@code column_types} may name; anything else could smuggle SQL into a statement. */
    private static final Pattern OVERRIDES =
            Pattern.compile("smallint|integer|bigint|real|double precision|text|boolean"
                    + "|date|interval|bytea|json|jsonb|uuid|inet|numeric(\\(\\d{1,4}(, ?\\d{1,4})?\\))?"
                    + "|(varchar|char|bit|bit varying)(\\(\\d{1,8}\\))?|time(\\([0-6]\\))?|timestamp(\\([0-6]\\))?");

    private TypeMappings() {}

    /**
     * @param override the type that {@code column_types} gives for this column
     * @throws UnmappedTypeException when no mapping knows the type, or the override is not a known type
     */
    static TypeMapping of(Column column, Optional<String> override) {
        Optional<TypeMapping> known = known(column);
        if (override.isPresent()) {
            return overridden(column, override.get(), known);
        }
        return known.orElseThrow(() -> new UnmappedTypeException("column " + column.name() + " has the type "
                + column.columnType() + ", which is not mapped; give its PostgreSQL type in column_types, e.g. "
                + column.name() + ": text"));
    }

    private static TypeMapping overridden(Column column, String type, Optional<TypeMapping> known) {
        if (!OVERRIDES.matcher(type).matches()) {
            throw new UnmappedTypeException(
                    "column_types of column " + column.name() + ": found " + type
                            + "; allowed are smallint, integer, bigint, numeric(p,s), real, double precision, text, varchar(n),"
                            + " char(n), boolean, date, time(p), timestamp(p), interval, bit(n), bytea, json, jsonb, uuid, inet");
        }
        return new RetypedMapping(type, known.orElseGet(() -> new TextMapping(type)));
    }

    private static Optional<TypeMapping> known(Column column) {
        return Optional.ofNullable(
                switch (column.dataType()) {
                    case "tinyint", "smallint", "mediumint", "int", "bigint" -> IntegerMapping.of(column);
                    case "year" -> new PlainMapping("smallint");
                    case "decimal" -> new PlainMapping(
                            "numeric(" + column.precision().orElse(10) + ","
                                    + column.scale().orElse(0) + ")");
                    case "double" -> new PlainMapping("double precision");
                    case "float" -> new FloatMapping();
                    case "date" -> new DateMapping("date");
                    case "datetime", "timestamp" -> new DateMapping(
                            "timestamp(" + column.fractionDigits().orElse(0) + ")");
                    case "time" -> new PlainMapping(
                            "interval(" + column.fractionDigits().orElse(0) + ")");
                    case "char",
                            "varchar",
                            "tinytext",
                            "text",
                            "mediumtext",
                            "longtext",
                            "enum",
                            "set" -> new TextMapping("text");
                    case "json" -> new TextMapping("jsonb");
                    case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> new BytesMapping();
                    case "bit" -> new BitMapping(column.precision().orElse(1));
                    case "geometry",
                            "point",
                            "linestring",
                            "polygon",
                            "multipoint",
                            "multilinestring",
                            "multipolygon",
                            "geometrycollection",
                            "geomcollection" -> new GeometryMapping();
                    default -> null;
                });
    }
}
