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

/** Reads the key of a row, formats it as text, and converts the text to typed parameters. */
public final class KeyFormat {
    private static final Failure ZERO_DATE =
            new Failure(FailureKind.ROW_DATA, Optional.of("23502"), "the key has a zero date, which would become NULL");

    private final List<Column> columns;
    private final int[] indexes;
    private final int[] temporal;

    /**
     * @throws UnmappedTypeException if a key column has a type that cannot be used for paging, because its comparison
     *     order differs from the order of its index
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
     * A failure if the key of a row, in the driver's text form, has a zero date. It would become NULL, and a row
     * without a complete key cannot be found again.
     */
    public Optional<RowFormat.Refusal> refusal(byte[][] row) {
        for (int i : temporal) {
            if (DateMapping.startsWithZeroDate(row[indexes[i]])) {
                return Optional.of(new RowFormat.Refusal(columns.get(i).name(), ZERO_DATE));
            }
        }
        return Optional.empty();
    }

    /** The first key column whose text is invalid, so that no statement can select the row; empty if there is none. */
    public Optional<String> unspeakable(byte[][] row) {
        for (int i = 0; i < indexes.length; i++) {
            if (!binary(columns.get(i)) && !Utf8.valid(row[indexes[i]])) {
                return Optional.of(columns.get(i).name());
            }
        }
        return Optional.empty();
    }

    /** Whether there is a key and all its columns are integers. */
    public boolean integers() {
        return !columns.isEmpty() && columns.stream().allMatch(Column::integer);
    }

    /** The key values of a row in text form: binary values in hexadecimal, text escaped by {@link KeyText}. */
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

    /** The key values by column name, from the values in text form. */
    public Map<String, String> named(List<String> key) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < key.size(); i++) {
            named.put(columns.get(i).name(), key.get(i));
        }
        return named;
    }

    /** The key of an encoded row, from its COPY cells. */
    public List<String> fromCells(List<String> cells) {
        List<String> key = new ArrayList<>(indexes.length);
        for (int i = 0; i < indexes.length; i++) {
            String cell = CopyText.unescape(cells.get(indexes[i]));
            key.add(binary(columns.get(i)) ? cell.substring(2) : KeyText.escape(cell));
        }
        return key;
    }

    /** The key of a target row, from the text form of PostgreSQL. */
    public List<String> fromTarget(List<String> printed) {
        List<String> key = new ArrayList<>(printed.size());
        for (int i = 0; i < printed.size(); i++) {
            key.add(binary(columns.get(i)) ? printed.get(i).substring(2) : KeyText.escape(printed.get(i)));
        }
        return key;
    }

    /** The key values in the text form of PostgreSQL: the inverse of {@link #fromTarget}. */
    public List<String> toTarget(List<String> key) {
        List<String> values = new ArrayList<>(key.size());
        for (int i = 0; i < key.size(); i++) {
            values.add(binary(columns.get(i)) ? "\\x" + key.get(i) : KeyText.unescape(key.get(i)));
        }
        return values;
    }

    /** Parameters of the columns' types, from the values in text form. */
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
        if (!column.pageable()) {
            throw new UnmappedTypeException("key column " + column.name() + " has the type " + column.columnType()
                    + "; the types allowed in a key are integers, decimal, year, dates, times, char, varchar, binary,"
                    + " varbinary, uuid and inet");
        }
    }
}
