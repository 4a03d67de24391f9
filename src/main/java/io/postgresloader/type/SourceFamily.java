package io.postgresloader.type;

import io.postgresloader.model.Column;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The supported source types, grouped into families whose values have the same text form and the same conversions. */
enum SourceFamily {
    INTEGER("tinyint", "smallint", "mediumint", "int", "bigint", "year"),
    DECIMAL("decimal"),
    FLOAT("float"),
    DOUBLE("double"),
    DATE("date"),
    DATETIME("datetime", "timestamp"),
    TIME("time"),
    BIT("bit"),
    BYTES("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "vector"),
    GEOMETRY(
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geometrycollection",
            "geomcollection"),
    TEXT("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"),
    /** Text with its own type in PostgreSQL. */
    JSON("json"),
    UUID("uuid"),
    ADDRESS("inet4", "inet6");

    private final Set<String> dataTypes;

    SourceFamily(String... dataTypes) {
        this.dataTypes = Set.of(dataTypes);
    }

    /** The family of a column; empty if its type is not supported. */
    static Optional<SourceFamily> of(Column column) {
        return Arrays.stream(values())
                .filter(family -> family.dataTypes.contains(column.dataType()))
                .findFirst();
    }

    /** The types as in {@code information_schema.columns.data_type}. */
    Set<String> dataTypes() {
        return dataTypes;
    }
}
