package io.postgresloader.testing;

import java.util.ArrayList;
import java.util.List;

/** The values of a column at which its type ends or begins to be something else, each as SQL; and ordinary ones. */
final class EdgeValues {
    private EdgeValues() {}

    /** All edges of the column, each once. */
    static List<String> of(SourceColumn column) {
        List<String> edges = new ArrayList<>(ofType(column));
        if (column.nullable()) {
            edges.add("NULL");
        }
        if (column.hasDefault()) {
            edges.add("DEFAULT");
        }
        return edges.stream().distinct().toList();
    }

    private static List<String> ofType(SourceColumn column) {
        return switch (column.type()) {
            case "tinyint" -> EdgeNumbers.integers(8, column.unsigned());
            case "smallint" -> EdgeNumbers.integers(16, column.unsigned());
            case "int" -> EdgeNumbers.integers(32, column.unsigned());
            case "bigint" -> EdgeNumbers.integers(64, column.unsigned());
            case "double" -> EdgeNumbers.DOUBLES;
            case "float" -> EdgeNumbers.FLOATS;
            case "date" -> EdgeTimes.dates();
            case "datetime" -> EdgeTimes.datetimes();
            case "timestamp" -> EdgeTimes.timestamps();
            case "time" -> EdgeTimes.TIMES;
            case "char", "varchar", "text", "mediumtext" -> EdgeTexts.texts(column.characters(), column.bytes());
            case "binary", "varbinary", "blob", "mediumblob" -> EdgeTexts.bytes(column.bytes());
            default -> throw new IllegalArgumentException("no edges known for the type " + column.declared());
        };
    }

    /** A value as a practice has it, another for each row of a key. */
    static String ordinary(SourceColumn column, int row) {
        return switch (column.type()) {
            case "tinyint" -> String.valueOf(row % 3);
            case "smallint", "int", "bigint" -> String.valueOf(column.key() ? 1000 + row : 17 + row % 7);
            case "double", "float" -> row + ".25";
            case "date" -> "'2019-05-17'";
            case "datetime", "timestamp" -> "'2019-05-17 08:30:00'";
            case "time" -> "'08:30:00'";
            case "binary", "varbinary", "blob", "mediumblob" -> "X'0A0B'";
            default -> "'" + (char) ('a' + row % 26) + "'";
        };
    }
}
