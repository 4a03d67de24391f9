package io.postgresloader.type;

import io.postgresloader.model.Column;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.Key;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.SourceTable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Reads the key of a row, formats it as text, and converts the text to typed parameters. */
public final class KeyFormat {
    private static final Failure ZERO_DATE =
            new Failure(FailureKind.ROW_DATA, Optional.of("23502"), "the key has a zero date, which would become NULL");

    private final List<String> names;
    private final List<Column> columns;
    private final int[] indexes;
    private final int[] temporal;

    /**
     * @throws UnmappedTypeException if a key column has a type that cannot be used for paging, because its comparison
     *     order differs from the order of its index
     */
    public KeyFormat(SourceTable table, Key key) {
        this.names = key.columns();
        this.columns =
                names.stream().map(name -> table.column(name).orElseThrow()).toList();
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
    public Optional<RowFault> fault(RawRow row) {
        for (int i : temporal) {
            if (row.startsWith(indexes[i], DateMapping.ZERO_DATE)) {
                return Optional.of(new RowFault(columns.get(i).name(), ZERO_DATE));
            }
        }
        return Optional.empty();
    }

    /** The first key column whose text is invalid, so that no statement can select the row; empty if there is none. */
    public Optional<String> invalidText(RawRow row) {
        for (int i = 0; i < indexes.length; i++) {
            if (!binary(columns.get(i)) && !bits(columns.get(i)) && !Utf8.valid(row.value(indexes[i]))) {
                return Optional.of(columns.get(i).name());
            }
        }
        return Optional.empty();
    }

    /** The key of a row, if the key is one integer column that is not an unsigned bigint. */
    public long integer(RawRow row) {
        return row.integer(indexes[0]);
    }

    /** The key with this value: the inverse of {@link #integer}. */
    public RowKey ofInteger(long value) {
        return of(List.of(Long.toString(value)));
    }

    /** Copies the key of a row into another row object, which keeps it while further rows are read. */
    public void keep(RawRow row, RawRow kept) {
        row.copyTo(kept, indexes);
    }

    /** Whether there is a key and all its columns are integers. */
    public boolean integers() {
        return !columns.isEmpty() && columns.stream().allMatch(Column::integer);
    }

    /** How two keys of integers are ordered: negative when the first comes before the other. */
    public int order(RowKey one, RowKey other) {
        List<String> left = values(one);
        List<String> right = values(other);
        for (int i = 0; i < left.size(); i++) {
            int order = new BigInteger(left.get(i)).compareTo(new BigInteger(right.get(i)));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The key of a row in the driver's text form: binary values in hexadecimal, text escaped by {@link KeyText}. */
    public RowKey read(RawRow row) {
        return key(i -> {
            byte[] value = row.value(indexes[i]);
            Column column = columns.get(i);
            if (bits(column)) {
                return BitMapping.digits(value, column.precision().orElse(1));
            }
            return binary(column)
                    ? HexFormat.of().formatHex(value)
                    : KeyText.escape(new String(value, StandardCharsets.UTF_8));
        });
    }

    /** The key of an encoded row, from its COPY cells. */
    public RowKey fromCells(List<String> cells) {
        return key(i -> fromTarget(i, CopyText.unescape(cells.get(indexes[i]))));
    }

    /** The key of a target row, from its key values in the text form of PostgreSQL. */
    public RowKey fromTarget(List<String> printed) {
        return key(i -> fromTarget(i, printed.get(i)));
    }

    private String fromTarget(int column, String printed) {
        return binary(columns.get(column)) ? printed.substring(2) : KeyText.escape(printed);
    }

    /** The key values in the text form of PostgreSQL: the inverse of {@link #fromTarget(List)}. */
    public List<String> toTarget(RowKey key) {
        List<String> values = values(key);
        return IntStream.range(0, values.size())
                .mapToObj(i -> binary(columns.get(i)) ? "\\x" + values.get(i) : KeyText.unescape(values.get(i)))
                .toList();
    }

    /** The key values in the order of the key's columns, as a bookmark stores them; none for {@link RowKey#NONE}. */
    public List<String> values(RowKey key) {
        return key.isEmpty() ? List.of() : key.in(names);
    }

    /** The key from values in the order of the key's columns: the inverse of {@link #values}. */
    public RowKey of(List<String> values) {
        return values.isEmpty() ? RowKey.NONE : RowKey.of(names, values);
    }

    /** Whether a key has a value for each of the key's columns: one from before the key changed may lack some. */
    public boolean fits(RowKey key) {
        return key.names(names);
    }

    /** The key values as parameters of the columns' types. */
    public List<Object> parameters(RowKey key) {
        List<String> values = key.in(names);
        return IntStream.range(0, values.size())
                .mapToObj(i -> parameter(columns.get(i), values.get(i)))
                .toList();
    }

    private RowKey key(IntFunction<String> value) {
        return RowKey.of(names, IntStream.range(0, names.size()).mapToObj(value).toList());
    }

    private static Object parameter(Column column, String value) {
        if (column.integer()) {
            return new BigInteger(value);
        }
        if (column.dataType().equals("decimal")) {
            return new BigDecimal(value);
        }
        // Their order in an index is that of their numbers. A number in quotes would be compared as a text.
        if (bits(column)) {
            return value.length() < Long.SIZE ? (Object) Long.valueOf(value, 2) : new BigInteger(value, 2);
        }
        if (column.dataType().equals("enum") || column.dataType().equals("set")) {
            return column.members().orElseThrow().number(KeyText.unescape(value));
        }
        return binary(column) ? HexFormat.of().parseHex(value) : KeyText.unescape(value);
    }

    private static boolean bits(Column column) {
        return column.dataType().equals("bit");
    }

    private static boolean binary(Column column) {
        return column.dataType().equals("binary") || column.dataType().equals("varbinary");
    }

    private static void requirePageable(Column column) {
        if (!column.pageable()) {
            throw new UnmappedTypeException("key column " + column.name() + " has the type " + column.columnType()
                    + "; the types allowed in a key are integers, decimal, year, dates, times, char, varchar, binary,"
                    + " varbinary, bit, enum, set, uuid and inet");
        }
    }
}
