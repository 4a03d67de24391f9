package io.postgresloader.testing;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares a table of both servers cell by cell, from what each server itself says of its values: bytes in hexadecimal,
 * numbers and times by their magnitude. It shares no code with the product and knows none of its rules but one, that a
 * zero date is NULL.
 */
public final class Canonical {
    private static final String NULL = "∅";

    /** A column of the source: its name and how its values are asked for and read. */
    private record Cell(String name, String dataType, int bits) {
        String inSource() {
            String c = "`" + name.replace("`", "``") + "`";
            return switch (dataType) {
                case "float", "double" -> "CAST(" + c + " AS DOUBLE)";
                case "date" -> "NULLIF(DATE_FORMAT(" + c + ", '%Y-%m-%d'), '0000-00-00')";
                case "datetime", "timestamp" -> "NULLIF(DATE_FORMAT(" + c
                        + ", '%Y-%m-%d %H:%i:%s.%f'), '0000-00-00 00:00:00.000000')";
                case "time" -> "TIME_TO_SEC(" + c + ")";
                case "bit" -> "LPAD(BIN(" + c + " + 0), " + bits + ", '0')";
                case "char",
                        "varchar",
                        "tinytext",
                        "text",
                        "mediumtext",
                        "longtext",
                        "enum",
                        "set",
                        "json" -> "HEX(CONVERT(" + c + " USING utf8mb4))";
                case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> "HEX(" + c + ")";
                case "geometry",
                        "point",
                        "linestring",
                        "polygon",
                        "multipoint",
                        "multilinestring",
                        "multipolygon",
                        "geometrycollection" -> "CONCAT(ST_SRID(" + c + "), ':', HEX(ST_AsBinary(" + c + ")))";
                case "inet6" -> "HEX(CAST(" + c + " AS BINARY(16)))";
                case "inet4" -> "HEX(CAST(" + c + " AS BINARY(4)))";
                default -> "CAST(" + c + " AS CHAR)";
            };
        }

        String inTarget(String targetType) {
            String c = "\"" + name.replace("\"", "\"\"") + "\"";
            return switch (targetType) {
                case "boolean" -> c + "::int::text";
                case "date" -> "to_char(" + c + ", 'YYYY-MM-DD')";
                case "timestamp without time zone", "timestamp with time zone" -> "to_char(" + c
                        + ", 'YYYY-MM-DD HH24:MI:SS.US')";
                case "interval", "time without time zone" -> "extract(epoch FROM " + c + ")::text";
                case "bytea" -> "upper(encode(" + c + ", 'hex'))";
                case "inet" -> "upper(substr(encode(inet_send(" + c + "), 'hex'), 9))";
                case "real" -> c + "::float8::text";
                case "text", "character varying", "character", "json", "jsonb" -> "upper(encode(convert_to(" + c
                        + "::text, 'UTF8'), 'hex'))";
                default -> c + "::text";
            };
        }

        /** What both texts have in common when they mean the same. */
        String value(String text) {
            if (text == null) {
                return NULL;
            }
            return switch (dataType) {
                case "float" -> Integer.toHexString(Float.floatToIntBits((float) Double.parseDouble(text)));
                case "double" -> Long.toHexString(Double.doubleToLongBits(Double.parseDouble(text)));
                case "time" -> new BigDecimal(text).stripTrailingZeros().toPlainString();
                default -> text;
            };
        }
    }

    private final Database source;
    private final Database target;
    private final String table;
    private final List<Cell> cells;
    private final List<String> key;

    private Canonical(Database source, Database target, String table, List<Cell> cells, List<String> key) {
        this.source = source;
        this.target = target;
        this.table = table;
        this.cells = cells;
        this.key = key;
    }

    /**
     * Compares all columns that the target has too.
     *
     * @return one line for each cell that differs, {@code key (7): column Note}, and for each row that only one side has,
     *     {@code key (7): missing} or {@code key (7): extra}; empty when the tables are equal
     */
    public static List<String> differences(Database source, Database target, String table) {
        Map<String, String> targetTypes = new LinkedHashMap<>();
        for (String[] row : read(
                target,
                "SELECT column_name, data_type FROM information_schema.columns"
                        + " WHERE table_schema = 'raw' AND table_name = '" + table.replace("'", "''") + "'",
                2)) {
            targetTypes.put(row[0], row[1]);
        }
        String named = "table_schema = DATABASE() AND table_name = '" + table.replace("'", "''") + "'";
        List<Cell> cells = new ArrayList<>();
        for (String[] row : read(
                source,
                "SELECT column_name, data_type, COALESCE(numeric_precision, 0) FROM"
                        + " information_schema.columns WHERE " + named + " ORDER BY ordinal_position",
                3)) {
            if (targetTypes.containsKey(row[0])) {
                cells.add(new Cell(row[0], row[1].toLowerCase(java.util.Locale.ROOT), Integer.parseInt(row[2])));
            }
        }
        List<String> key = read(
                        source,
                        "SELECT column_name FROM information_schema.statistics WHERE " + named
                                + " AND index_name = 'PRIMARY' ORDER BY seq_in_index",
                        1)
                .stream()
                .map(row -> row[0])
                .toList();
        return new Canonical(source, target, table, cells, key).differences(targetTypes);
    }

    private List<String> differences(Map<String, String> targetTypes) {
        Map<List<String>, String[]> inSource = rows(
                source,
                "SELECT "
                        + String.join(", ", cells.stream().map(Cell::inSource).toList()) + " FROM `"
                        + table.replace("`", "``") + "`");
        Map<List<String>, String[]> inTarget = rows(
                target,
                "SELECT "
                        + String.join(
                                ", ",
                                cells.stream()
                                        .map(c -> c.inTarget(targetTypes.get(c.name())))
                                        .toList())
                        + " FROM raw.\"" + table.replace("\"", "\"\"") + "\"");
        List<String> differences = new ArrayList<>();
        inSource.forEach((rowKey, row) -> {
            String[] other = inTarget.remove(rowKey);
            String name = "key " + rowKey.toString().replace('[', '(').replace(']', ')') + ": ";
            if (other == null) {
                differences.add(name + "missing");
            } else {
                for (int i = 0; i < row.length; i++) {
                    if (!row[i].equals(other[i])) {
                        differences.add(name + "column " + cells.get(i).name());
                    }
                }
            }
        });
        inTarget.keySet()
                .forEach(rowKey -> differences.add(
                        "key " + rowKey.toString().replace('[', '(').replace(']', ')') + ": extra"));
        return differences;
    }

    private Map<List<String>, String[]> rows(Database database, String sql) {
        Map<List<String>, String[]> rows = new TreeMap<>(java.util.Comparator.comparing(Object::toString));
        for (String[] row : read(database, sql, cells.size())) {
            List<String> rowKey = new ArrayList<>();
            for (int i = 0; i < row.length; i++) {
                row[i] = cells.get(i).value(row[i]);
                if (key.contains(cells.get(i).name())) {
                    rowKey.add(row[i]);
                }
            }
            if (rows.put(rowKey, row) != null) {
                throw new AssertionError("two rows of " + table + " have the key " + rowKey);
            }
        }
        return rows;
    }

    private static List<String[]> read(Database database, String sql, int columns) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            if (database.url().startsWith("jdbc:mysql")) {
                statement.execute("SET time_zone = '+00:00'");
            }
            List<String[]> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    String[] row = new String[columns];
                    for (int i = 0; i < columns; i++) {
                        row[i] = result.getString(i + 1);
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError("cannot read", e);
        }
    }
}
