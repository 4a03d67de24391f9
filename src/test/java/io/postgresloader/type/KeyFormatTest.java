package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.model.Column;
import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.Key;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.SourceTable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFormatTest {
    /** A key value as the driver delivers it, as tracking tables keep it, and as it is bound. */
    record Case(String columnType, byte[] value, String text, Object parameter) {
        Case(String columnType, String value, String text, Object parameter) {
            this(columnType, value.getBytes(StandardCharsets.UTF_8), text, parameter);
        }

        @Override
        public String toString() {
            return columnType + " " + text;
        }
    }

    static Stream<Case> keys() {
        return Stream.of(
                new Case(
                        "bigint(20)",
                        "-9223372036854775808",
                        "-9223372036854775808",
                        new BigInteger("-9223372036854775808")),
                new Case(
                        "bigint(20) unsigned",
                        "18446744073709551615",
                        "18446744073709551615",
                        new BigInteger("18446744073709551615")),
                new Case("tinyint(1)", "1", "1", BigInteger.ONE),
                new Case("int(5) unsigned zerofill", "00042", "00042", BigInteger.valueOf(42)),
                new Case("decimal(10,2)", "-0.50", "-0.50", new BigDecimal("-0.50")),
                new Case("year(4)", "1999", "1999", "1999"),
                new Case("date", "2020-02-29", "2020-02-29", "2020-02-29"),
                new Case(
                        "datetime(3)", "2020-02-29 23:59:59.999", "2020-02-29 23:59:59.999", "2020-02-29 23:59:59.999"),
                new Case("timestamp", "1970-01-01 00:00:01", "1970-01-01 00:00:01", "1970-01-01 00:00:01"),
                new Case("varchar(20)", "", "", ""),
                new Case("varchar(20)", "Straße 'x' \"y\"", "Straße 'x' \"y\"", "Straße 'x' \"y\""),
                new Case("varchar(20)", "a\tb\nc\rd", "a\tb\nc\rd", "a\tb\nc\rd"),
                new Case("varchar(20)", "\\N", "\\\\N", "\\N"),
                new Case("char(20)", "C:\\new\\0", "C:\\\\new\\\\0", "C:\\new\\0"),
                new Case("binary(3)", new byte[] {0, (byte) 0xFF, '\\'}, "00ff5c", new byte[] {0, (byte) 0xFF, '\\'}),
                new Case("varbinary(3)", new byte[0], "", new byte[0]));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyIsKeptAsTextAndBoundAsItsColumnIsTyped(Case key) {
        KeyFormat format = format(key.columnType());

        RowKey rowKey = format.read(RawRow.of(key.value()));

        assertThat(rowKey).isEqualTo(new RowKey(Map.of("c0", key.text())));
        assertThat(format.parameters(rowKey)).containsExactly(key.parameter());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theKeyOfAnEncodedRowIsTheKeyOfTheRow(Case key) {
        CopyBuffer buffer = new CopyBuffer();
        SourceTable table = table(key.columnType());
        RowFormat.of(table, ColumnOptions.DEFAULT).append(RawRow.of(key.value()), buffer);
        String cell = new String(buffer.bytes(), 0, buffer.length() - 1, StandardCharsets.UTF_8);

        assertThat(format(key.columnType()).fromCells(List.of(cell))).isEqualTo(new RowKey(Map.of("c0", key.text())));
    }

    @Test
    void aNulCharacterIsKeptInAFormThatJsonbTakes() {
        KeyFormat format = format("varchar(20)");

        RowKey key = format.read(RawRow.of(new byte[] {'a', 0, '0', '\\'}));

        assertThat(format.values(key)).containsExactly("a\\00\\\\");
        assertThat(format.parameters(key)).containsExactly("a\0" + "0\\");
    }

    @Test
    void theColumnsOfACompositeKeyComeInTheOrderOfTheKey() {
        SourceTable table = table("int(11)", "varchar(20)", "date");
        KeyFormat format = new KeyFormat(table, new Key(List.of("c2", "c0")));

        RowKey key = format.read(
                RawRow.of(new byte[] {'7'}, new byte[] {'x'}, "2020-01-01".getBytes(StandardCharsets.UTF_8)));

        assertThat(format.values(key)).containsExactly("2020-01-01", "7");
        assertThat(key.values().toString()).isEqualTo("{c2=2020-01-01, c0=7}");
        assertThat(format.parameters(key)).containsExactly("2020-01-01", BigInteger.valueOf(7));
        assertThat(format.integers()).isFalse();
    }

    @Test
    void theOrderOfStoredFieldsDoesNotMatter() {
        SourceTable table = table("int(11)", "varchar(20)", "date");
        KeyFormat format = new KeyFormat(table, new Key(List.of("c2", "c0")));

        RowKey stored = RowKey.of(List.of("c0", "c2"), List.of("7", "2020-01-01"));

        assertThat(stored).isEqualTo(format.of(List.of("2020-01-01", "7")));
        assertThat(format.parameters(stored)).containsExactly("2020-01-01", BigInteger.valueOf(7));
        assertThat(format.toTarget(stored)).containsExactly("2020-01-01", "7");
    }

    @Test
    void aKeyWithoutAColumnDoesNotFit() {
        KeyFormat format = new KeyFormat(table("int(11)", "int(11)"), new Key(List.of("c0", "c1")));
        RowKey old = new RowKey(Map.of("c0", "7"));

        assertThat(format.fits(old)).isFalse();
        assertThatThrownBy(() -> format.parameters(old))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key of the columns [c0] is not one of the columns [c0, c1]");
    }

    @ParameterizedTest
    @CsvSource({"int(11), true", "bigint(20) unsigned, true", "'decimal(10,0)', false", "year(4), false"})
    void onlyTheFiveIntegerTypesAreIntegers(String columnType, boolean integers) {
        assertThat(format(columnType).integers()).isEqualTo(integers);
    }

    @ParameterizedTest
    @CsvSource({
        "date, 0000-00-00, true",
        "datetime, 0000-00-00 00:00:00, true",
        "timestamp(3), 0000-00-00 00:00:00.000, true",
        "date, 0001-01-01, false",
        // A text may well read like that.
        "varchar(20), 0000-00-00, false"
    })
    void aRowWithAZeroDateInItsKeyBecomesADeadLetter(String columnType, String value, boolean deadLetter) {
        RawRow row = RawRow.of(value.getBytes(StandardCharsets.UTF_8));

        assertThat(format(columnType).fault(row).flatMap(RowFault::column))
                .isEqualTo(deadLetter ? Optional.of("c0") : Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"double", "float", "enum('a','b?')", "text", "blob", "json"})
    void aKeyThatCannotBePagedByIsRefusedByName(String columnType) {
        assertThatThrownBy(() -> format(columnType))
                .isInstanceOf(UnmappedTypeException.class)
                .hasMessage("key column c0 has the type " + columnType
                        + "; the types allowed in a key are integers, decimal, year, dates, times, char,"
                        + " varchar, binary, varbinary, bit, enum, set, uuid and inet");
    }

    private static KeyFormat format(String columnType) {
        return new KeyFormat(table(columnType), new Key(List.of("c0")));
    }

    private static SourceTable table(String... columnTypes) {
        List<Column> columns = Stream.iterate(0, i -> i + 1)
                .limit(columnTypes.length)
                .map(i -> new Column(
                        "c" + i,
                        columnTypes[i].replaceAll("[( ].*", ""),
                        columnTypes[i],
                        false,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty()))
                .toList();
        return new SourceTable("t", columns, List.of(), 0);
    }
}
