package io.postgresloader.type;

import io.postgresloader.model.Column;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Every source type that is mapped, by families whose values are written alike, so that they can be converted alike. */
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
    /** Texts with a type of their own in PostgreSQL. */
    JSON("json"),
    UUID("uuid"),
    ADDRESS("inet4", "inet6");

    private final Set<String> dataTypes;

    SourceFamily(String... dataTypes) {
        this.dataTypes = Set.of(dataTypes);
    }

    /** The family of a column; empty when its type is not mapped. */
    static Optional<SourceFamily> of(Column column) {
        return Arrays.stream(values())
                .filter(family -> family.dataTypes.contains(column.dataType()))
                .findFirst();
    }

    /** The types as {@code information_schema.columns.data_type} spells them. */
    Set<String> dataTypes() {
        return dataTypes;
    }
}
