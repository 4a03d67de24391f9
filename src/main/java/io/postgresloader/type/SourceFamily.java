package io.postgresloader.type;

import io.postgresloader.model.Column;

/** Source types whose values are written alike, so that they can be converted alike. */
enum SourceFamily {
    INTEGER,
    DECIMAL,
    FLOAT,
    DOUBLE,
    DATE,
    DATETIME,
    TIME,
    BIT,
    BYTES,
    GEOMETRY,
    /** Everything whose value is a text: enum, set, json, uuid and the like too. */
    TEXT;

    static SourceFamily of(Column column) {
        return switch (column.dataType()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> INTEGER;
            case "decimal" -> DECIMAL;
            case "float" -> FLOAT;
            case "double" -> DOUBLE;
            case "date" -> DATE;
            case "datetime", "timestamp" -> DATETIME;
            case "time" -> TIME;
            case "bit" -> BIT;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "vector" -> BYTES;
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection",
                    "geomcollection" -> GEOMETRY;
            default -> TEXT;
        };
    }
}
