package io.postgresloader.type;

import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.SourceTable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the key of a row, writes it as text, and turns that text back into typed parameters. */
public final class KeyFormat {
    private final List<Column> columns;
    private final int[] indexes;

    /**
     * @throws UnmappedTypeException when a key column has a type that cannot be paged by: its order in a comparison is
     *     not the order of its index
     */
    public KeyFormat(SourceTable table, Key key) {
        this.columns = key.columns().stream()
                .map(name -> table.column(name).orElseThrow())
                .toList();
        this.indexes = columns.stream().mapToInt(table.columns()::indexOf).toArray();
        columns.forEach(KeyFormat::requirePageable);
    }

    /** Whether every column of the key is an integer. */
    public boolean integers() {
        return columns.stream().allMatch(Column::integer);
    }

    /** The key values of a row in text form; binary values in hexadecimal. */
    public List<String> read(byte[][] row) {
        List<String> key = new ArrayList<>(indexes.length);
        for (int i = 0; i < indexes.length; i++) {
            byte[] value = row[indexes[i]];
            key.add(
                    binary(columns.get(i))
                            ? HexFormat.of().formatHex(value)
                            : new String(value, StandardCharsets.UTF_8));
        }
        return key;
    }

    /** Key column to value, from the values in text form. */
    public Map<String, String> named(List<String> key) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < key.size(); i++) {
            named.put(columns.get(i).name(), key.get(i));
        }
        return named;
    }

    /** The key of a row that is already encoded, from its COPY cells. */
    public List<String> fromCells(List<String> cells) {
        List<String> key = new ArrayList<>(indexes.length);
        for (int i = 0; i < indexes.length; i++) {
            String cell = CopyText.unescape(cells.get(indexes[i]));
            key.add(binary(columns.get(i)) ? cell.substring(2) : cell);
        }
        return key;
    }

    /** Parameters typed like the columns, from the values in text form. */
    public List<Object> parameters(List<String> key) {
        List<Object> parameters = new ArrayList<>(key.size());
        for (int i = 0; i < key.size(); i++) {
            parameters.add(parameter(columns.get(i), key.get(i)));
        }
        return parameters;
    }

    private static Object parameter(Column column, String value) {
        if (column.integer()) {
            return new BigInteger(value);
        }
        if (column.dataType().equals("decimal")) {
            return new BigDecimal(value);
        }
        return binary(column) ? HexFormat.of().parseHex(value) : value;
    }

    private static boolean binary(Column column) {
        return column.dataType().equals("binary") || column.dataType().equals("varbinary");
    }

    private static void requirePageable(Column column) {
        switch (column.dataType()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year" -> {}
            case "char", "varchar", "binary", "varbinary", "date", "datetime", "timestamp" -> {}
            default -> throw new UnmappedTypeException("key column " + column.name() + " has the type "
                    + column.columnType() + "; a key can be made of integers, decimals, years, dates, char, varchar,"
                    + " binary and varbinary");
        }
    }
}
