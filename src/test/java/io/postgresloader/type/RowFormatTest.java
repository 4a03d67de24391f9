package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.MappedValues;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.ValuePolicies;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowFormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tinyint(4)|smallint",
                "tinyint(1)|smallint",
                "tinyint(3) unsigned|smallint",
                "smallint(6)|smallint",
                "smallint(5) unsigned|integer",
                "mediumint(9)|integer",
                "mediumint(8) unsigned|integer",
                "int(11)|integer",
                "int(10) unsigned zerofill|bigint",
                "bigint(20)|bigint",
                "bigint(20) unsigned|numeric(20)",
                "decimal(65,30)|numeric(65,30)",
                "float|real",
                "double|double precision",
                "bit(9)|bit(9)",
                "date|date",
                "datetime(3)|timestamp(3)",
                "timestamp|timestamp(0)",
                "time(6)|interval(6)",
                "year(4)|smallint",
                "varchar(255)|text",
                "mediumtext|text",
                "enum('a','b')|text",
                "set('a','b')|text",
                "json|jsonb",
                "varbinary(10)|bytea",
                "longblob|bytea",
                "geometry|bytea"
            })
    void theDeclaredTypeDecides(String declared, String target) {
        assertThat(format(declared, Map.of()).targetTypes()).containsEntry("c", target);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "bigint(20)|-9223372036854775808|-9223372036854775808",
                "double|1e300|1e300",
                "date|0001-01-01|0001-01-01",
                "date|0000-00-00|\\N",
                "datetime(3)|0000-00-00 00:00:00.000|\\N",
                "time|-838:59:59|-838:59:59",
                "varchar(20)|~~|~~",
                "varchar(20)|a\\b|a\\\\b",
                "text|Приём|Приём",
                "bit(9)|A|001000001",
                "blob|A'|\\\\x4127",
                "varbinary(2)|AB|\\\\x4142"
            })
    void aValueArrivesAsItIs(String declared, String value, String cell) {
        CopyBuffer buffer = new CopyBuffer();

        assertThat(format(declared, Map.of()).append(row(value), buffer)).isEmpty();

        assertThat(text(buffer)).isEqualTo(cell + "\n");
    }

    @Test
    void whatCopyWouldTakeForItsOwnSignsIsEscapedAndReadBack() {
        String value = "tab\t newline\n return\r backslash\\ \b\f\u000B '\"";
        CopyBuffer buffer = new CopyBuffer();
        format("text", Map.of()).append(row(value), buffer);

        assertThat(text(buffer)).isEqualTo("tab\\t newline\\n return\\r backslash\\\\ \\b\\f\\v '\"\n");
        assertThat(CopyText.unescape(text(buffer).stripTrailing())).isEqualTo(value);
    }

    @Test
    void nullIsNotTheEmptyText() {
        CopyBuffer buffer = new CopyBuffer();
        format("text", Map.of()).append(RawRow.of((byte[]) null), buffer);

        assertThat(text(buffer)).isEqualTo("\\N\n");
    }

    @Test
    void zeroDatesAreCounted() {
        CopyBuffer buffer = new CopyBuffer();
        format("date", Map.of()).append(row("0000-00-00"), buffer);
        format("date", Map.of()).append(row("2020-00-00"), buffer);

        assertThat(buffer.mapped()).isEqualTo(new MappedValues(1, 0, 0));
    }

    @Test
    void aRefusedRowLeavesNothingBehind() {
        CopyBuffer buffer = new CopyBuffer();
        RowFormat format = format("text", Map.of());
        format.append(row("good"), buffer);

        Optional<RowFault> fault = format.append(row("ba\0d"), buffer);

        assertThat(fault).hasValueSatisfying(r -> {
            assertThat(r.column()).contains("c");
            assertThat(r.failure().sqlState()).contains("22021");
            assertThat(r.toString()).doesNotContain("ba");
        });
        assertThat(text(buffer)).isEqualTo("good\n");
    }

    @Test
    void floatsAreSelectedWithAllTheirDigits() {
        assertThat(format("float", Map.of()).select(List.of("`c`"))).containsExactly("`c` - 0e0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xmltype", "wonder(3)"})
    void aTypeThatIsNotMappedIsRefusedByName(String declared) {
        assertThatThrownBy(() -> format(declared, Map.of()))
                .hasMessage("column c has the type " + declared
                        + ", which is not supported; set its PostgreSQL type in column_types, e.g. c: text");
        assertThat(format(declared, Map.of("c", "text")).targetTypes()).containsEntry("c", "text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "C"})
    void aColumnOfColumnTypesMayDifferInCase(String column) {
        assertThat(format("int(11)", Map.of(column, "bigint")).targetTypes()).isEqualTo(Map.of("c", "bigint"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text; DROP TABLE x", "text)", "numeric(1,2", "serial", ""})
    void aTypeThatIsNoneIsRefused(String override) {
        assertThatThrownBy(() -> format("int(11)", Map.of("c", override)))
                .hasMessageContaining("column_types of column c");
    }

    private static RowFormat format(String declared, Map<String, String> columnTypes) {
        return RowFormat.of(
                new SourceTable("t", List.of(Columns.of(declared)), List.of(), 0),
                new ColumnOptions(columnTypes, List.of(), ValuePolicies.DEFAULT, Map.of()));
    }

    private static RawRow row(String value) {
        return RawRow.of(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(CopyBuffer buffer) {
        return new String(buffer.bytes(), 0, buffer.length(), StandardCharsets.UTF_8);
    }
}
