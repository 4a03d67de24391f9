package io.postgresloader.demo.data;

import io.postgresloader.demo.data.OpenDentalSchema.ColumnLine;

/** One SQL expression for each column, made from the row's number {@code seq}: the same rows at every run. */
final class DemoValues {
    private DemoValues() {}

    static String expression(ColumnLine column) {
        if (column.autoIncrement() || column.key()) {
            return "seq";
        }
        String value = value(column);
        return column.nullable() ? "IF(seq % 7 = 0, NULL, " + value + ")" : value;
    }

    private static String value(ColumnLine column) {
        String type = column.type().replaceAll("[( ].*", "");
        return switch (type) {
            case "bigint" -> "1 + seq * 31 % 5000";
            case "int" -> "seq % 1000";
            case "smallint" -> "seq % 100";
            case "tinyint" -> column.type().startsWith("tinyint(1)") ? "seq % 2" : "seq % 3";
            case "double" -> "seq * 17 % 100000 / 100";
            case "float" -> "seq % 1000 / 8";
            case "date" -> "DATE '2016-01-01' + INTERVAL seq * 37 % 3600 DAY";
            case "datetime", "timestamp" -> "TIMESTAMP '2016-01-01 08:00:00' + INTERVAL seq * 7919 % 5000000 MINUTE";
            case "time" -> "SEC_TO_TIME(seq * 61 % 86400)";
            case "char", "varchar" -> "LEFT(CONCAT(CHAR(65 + seq % 26), '-', seq % 997), " + length(column) + ")";
            case "text", "mediumtext" -> "CONCAT('Entry ', seq, ': recall due, see chart; phone (555) ', seq % 9973)";
            default -> throw new IllegalStateException("no demo value for the type " + column.type());
        };
    }

    private static String length(ColumnLine column) {
        return column.type().replaceAll("\\D", "");
    }
}
