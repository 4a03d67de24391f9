package io.postgresloader.type;

import io.postgresloader.model.Column;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
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
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the key of a row, writes it as text, and turns that text back into typed parameters. */
public final class KeyFormat {
    private static final Failure ZERO_DATE = new Failure(
            FailureKind.ROW_DATA, Optional.of("23502"), "a zero date in the key, where PostgreSQL has only NULL");

    private final List<Column> columns;
    private final int[] indexes;
    private final int[] temporal;

    /**
     * @throws UnmappedTypeException when a key column has a type that cannot be paged by: its order in a comparison is
     *     not the order of its index
     */
    public KeyFormat(SourceTable table, Key key) {
        this.columns = key.columns().stream()
                .map(name -> table.column(name).orElseThrow())
                .toList();
        this.indexes = columns.stream().mapToInt(table.columns()::indexOf).toArray();
        this.temporal = IntStream.range(0, indexes.length)
                .filter(i -> CursorType.of(columns.get(i)).isPresent())
                .toArray();
        columns.forEach(KeyFormat::requirePageable);
    }

    /**
     * A zero date in the key, of a row in the driver's text form: it would become NULL, and a row without a whole key
     * cannot be found again.
     */
    public Optional<RowFormat.Refusal> refusal(byte[][] row) {
        for (int i : temporal) {
            if (DateMapping.startsWithZeroDate(row[indexes[i]])) {
                return Optional.of(new RowFormat.Refusal(columns.get(i).name(), ZERO_DATE));
            }
        }
        return Optional.empty();
    }

    /** The column of a row's key whose text is not valid, so that no statement can name the row; empty: there is none. */
    public Optional<String> unspeakable(byte[][] row) {
        for (int i = 0; i < indexes.length; i++) {
            if (!binary(columns.get(i)) && !Utf8.valid(row[indexes[i]])) {
                return Optional.of(columns.get(i).name());
            }
        }
        return Optional.empty();
    }

    /** Whether there is a key, and every column of it is an integer. */
    public boolean integers() {
        return !columns.isEmpty() && columns.stream().allMatch(Column::integer);
    }

    /** The key values of a row in text form; binary values in hexadecimal, text as {@link KeyText} has it. */
    public List<String> read(byte[][] row) {
        List<String> key = new ArrayList<>(indexes.length);
        for (int i = 0; i < indexes.length; i++) {
            byte[] value = row[indexes[i]];
            key.add(
                    binary(columns.get(i))
                            ? HexFormat.of().formatHex(value)
                            : KeyText.escape(new String(value, StandardCharsets.UTF_8)));
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
            key.add(binary(columns.get(i)) ? cell.substring(2) : KeyText.escape(cell));
        }
        return key;
    }

    /** The key of a row of the target, from what its server prints of the values. */
    public List<String> fromTarget(List<String> printed) {
        List<String> key = new ArrayList<>(printed.size());
        for (int i = 0; i < printed.size(); i++) {
            key.add(binary(columns.get(i)) ? printed.get(i).substring(2) : KeyText.escape(printed.get(i)));
        }
        return key;
    }

    /** What the target reads as the values of a key: the opposite of {@link #fromTarget}. */
    public List<String> toTarget(List<String> key) {
        List<String> values = new ArrayList<>(key.size());
        for (int i = 0; i < key.size(); i++) {
            values.add(binary(columns.get(i)) ? "\\x" + key.get(i) : KeyText.unescape(key.get(i)));
        }
        return values;
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
        return binary(column) ? HexFormat.of().parseHex(value) : KeyText.unescape(value);
    }

    private static boolean binary(Column column) {
        return column.dataType().equals("binary") || column.dataType().equals("varbinary");
    }

    private static void requirePageable(Column column) {
        switch (column.dataType()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year" -> {}
            case "char", "varchar", "binary", "varbinary", "date", "datetime", "timestamp", "time" -> {}
            case "uuid", "inet4", "inet6" -> {}
            default -> throw new UnmappedTypeException("key column " + column.name() + " has the type "
                    + column.columnType() + "; a key can be made of integers, decimals, years, dates, times, char,"
                    + " varchar, binary, varbinary, uuid and inet");
        }
    }
}
