package io.postgresloader.type;

import io.postgresloader.model.Column;

/**
 * Integers by width; an unsigned integer is mapped to the next wider type. {@code tinyint} is a number, never a
 * boolean.
 */
final class IntegerMapping {
    private IntegerMapping() {}

    static TypeMapping of(Column column) {
        if (column.dataType().equals("year")) {
            return new PlainMapping("smallint");
        }
        return new PlainMapping(column.unsigned() ? unsigned(column.dataType()) : signed(column.dataType()));
    }

    private static String signed(String dataType) {
        return switch (dataType) {
            case "tinyint", "smallint" -> "smallint";
            case "mediumint", "int" -> "integer";
            default -> "bigint";
        };
    }

    private static String unsigned(String dataType) {
        return switch (dataType) {
            case "tinyint" -> "smallint";
            case "smallint", "mediumint" -> "integer";
            case "int" -> "bigint";
            default -> "numeric(20)";
        };
    }
}
