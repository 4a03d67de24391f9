package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.ValuePolicies;
import io.postgresloader.model.ValuePolicies.ZeroDates;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a value of each type becomes, at the ends of its range. */
class TypeMappingsTest {
    private static final byte[] ZERO = "0000-00-00 00:00:00".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "tinyint(1)                  |smallint        |-128",
                "tinyint(3) unsigned         |smallint        |255",
                "smallint(6)                 |smallint        |-32768",
                "smallint(5) unsigned        |integer         |65535",
                "mediumint(9)                |integer         |-8388608",
                "mediumint(8) unsigned       |integer         |16777215",
                "int                         |integer         |-2147483648",
                "int(10) unsigned            |bigint          |4294967295",
                "bigint                      |bigint          |9223372036854775807",
                "bigint(20) unsigned         |numeric(20)     |18446744073709551615",
                "decimal(65,30)              |numeric(65,30)  |-0.000000000000000000000000000001",
                "decimal(5,0) unsigned       |numeric(5,0)    |99999",
                "float                       |real            |16777217",
                "float                       |real            |-0",
                "double                      |double precision|1.7976931348623157e308",
                "double unsigned             |double precision|0.1",
                "date                        |date            |0001-01-01",
                "date                        |date            |9999-12-31",
                "datetime(6)                 |timestamp(6)    |9999-12-31 23:59:59.999999",
                "timestamp                   |timestamp(0)    |1970-01-01 00:00:01",
                "time                        |interval(0)     |-01:00:00",
                "time                        |interval(0)     |838:59:59",
                "time(6)                     |interval(6)     |-838:59:59.000000",
                "year(4)                     |smallint        |0000",
                "enum('a','it''s')           |text            |it's",
                "set('a','b')                |text            |a,b",
                "varchar(20)                 |text            |",
                "char(20)                    |text            |NULL",
                "longtext                    |text            |Приём 🦷",
            })
    void aValueThatBothServersSpellAlikeIsCopiedAsItIs(String columnType, String targetType, String value)
            throws UnstorableValueException {
        String text = value == null ? "" : value;

        assertThat(mapping(columnType).targetType()).isEqualTo(targetType);
        assertThat(cell(columnType, text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "bit(1), 00, 0",
        "bit(1), 01, 1",
        "bit(8), 80, 10000000",
        "bit(8), ff, 11111111",
        "bit(9), 0100, 100000000",
        "bit(9), 01ff, 111111111",
        // The driver may leave leading zero bytes out.
        "bit(9), 01, 000000001",
        "bit(64), 8000000000000001, 1000000000000000000000000000000000000000000000000000000000000001",
        "bit(64), ffffffffffffffff, 1111111111111111111111111111111111111111111111111111111111111111"
    })
    void bitsAreWrittenFromTheHighestDown(String columnType, String bytes, String cell)
            throws UnstorableValueException {
        assertThat(mapping(columnType).targetType()).isEqualTo(columnType);
        assertThat(cell(columnType, HexFormat.of().parseHex(bytes))).isEqualTo(cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary(4)", "varbinary(4)", "tinyblob", "blob", "mediumblob", "longblob", "vector(3)"})
    void bytesAreWrittenInHexadecimal(String columnType) throws UnstorableValueException {
        assertThat(mapping(columnType).targetType()).isEqualTo("bytea");
        assertThat(cell(columnType, new byte[] {0, '\t', '\\', (byte) 0xFF})).isEqualTo("\\\\x00095cff");
        assertThat(cell(columnType, new byte[0])).isEqualTo("\\\\x");
    }

    @ParameterizedTest
    @CsvSource({
        "date, 0000-00-00, \\N, 1",
        "datetime, 0000-00-00 00:00:00, \\N, 1",
        "timestamp(6), 0000-00-00 00:00:00.000000, \\N, 1",
        // PostgreSQL refuses it, and says so of the one row.
        "date, 0000-01-01, 0000-01-01, 0",
        // Of another type it is not a date.
        "varchar(20), 0000-00-00, 0000-00-00, 0",
        "time, 00:00:00, 00:00:00, 0"
    })
    void onlyTheZeroDateBecomesNullAndIsCounted(String columnType, String value, String cell, long zeroDates)
            throws UnstorableValueException {
        CopyBuffer buffer = new CopyBuffer();

        mapping(columnType).encode(value.getBytes(StandardCharsets.UTF_8), buffer);

        assertThat(text(buffer)).isEqualTo(cell);
        assertThat(buffer.mapped().zeroDates()).isEqualTo(zeroDates);
    }

    @ParameterizedTest
    @ValueSource(strings = {"char(9)", "varchar(9)", "tinytext", "text", "mediumtext", "longtext", "enum('a')", "json"})
    void aNulCharacterIsRefusedWithoutTheValue(String columnType) {
        assertThatThrownBy(() -> cell(columnType, new byte[] {'D', 'o', 'e', 0}))
                .isInstanceOf(UnstorableValueException.class)
                .hasMessage("the text has a NUL character, which PostgreSQL cannot store");
    }

    @Test
    void jsonKeepsItsBackslashes() throws UnstorableValueException {
        assertThat(mapping("json").targetType()).isEqualTo("jsonb");
        assertThat(cell("json", "{\"a\":\"\\u0041\\n\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("{\"a\":\"\\\\u0041\\\\n\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "date, 2020-00-10",
        "date, 2020-10-00",
        "datetime, 0000-00-00 10:00:00",
        "timestamp(6), 0000-00-00 00:00:00.000001"
    })
    void aDateThatNoCalendarHasIsRefused(String columnType, String value) {
        assertThatThrownBy(() -> cell(columnType, value.getBytes(StandardCharsets.UTF_8)))
                .hasMessage("the date has a zero month or day");
    }

    @Test
    void zeroDatesFollowTheirPolicy() throws UnstorableValueException {
        CopyBuffer buffer = new CopyBuffer();
        mapping("datetime", policies(ZeroDates.as(LocalDate.of(1900, 1, 1)))).encode(ZERO, buffer);

        assertThat(text(buffer)).isEqualTo("1900-01-01");
        assertThat(buffer.mapped().zeroDates()).isEqualTo(1);
        assertThatThrownBy(() -> mapping("datetime", policies(ZeroDates.REJECT)).encode(ZERO, buffer))
                .hasMessage("the value is a zero date, which zero_dates: reject does not allow");
    }

    @Test
    void tinyint1AndTimeFollowTheirPolicies() {
        ValuePolicies policies = new ValuePolicies(
                ValuePolicies.NulCharacters.REJECT,
                ValuePolicies.InvalidText.REJECT,
                ZeroDates.NULL,
                ValuePolicies.Tinyint1.BOOLEAN,
                ValuePolicies.Time.TIME);

        assertThat(mapping("tinyint(1)", policies).targetType()).isEqualTo("boolean");
        assertThat(mapping("tinyint(4)", policies).targetType()).isEqualTo("smallint");
        assertThat(mapping("time(3)", policies).targetType()).isEqualTo("time(3)");
    }

    @ParameterizedTest
    @CsvSource({
        // Reference 0: plain WKB.
        "00000000 01 01000000 000000000000f03f0000000000000040, 0101000000000000000000f03f0000000000000040",
        // Reference 4326: EWKB, in either byte order.
        "e6100000 01 01000000 000000000000f03f0000000000000040, 0101000020e6100000000000000000f03f0000000000000040",
        "e6100000 00 00000001 3ff00000000000004000000000000000, 0020000001000010e63ff00000000000004000000000000000"
    })
    void aSpatialValueKeepsItsReference(String stored, String written) throws UnstorableValueException {
        assertThat(mapping("point").targetType()).isEqualTo("bytea");
        assertThat(cell("point", HexFormat.of().parseHex(stored.replace(" ", ""))))
                .isEqualTo("\\\\x" + written);
    }

    @Test
    void whatIsNoSpatialValueIsRefused() {
        assertThatThrownBy(() -> cell("geometry", new byte[0])).hasMessage("the bytes are not a spatial value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " text",
                "text ",
                "TEXT",
                "text\n",
                "text; DROP TABLE x",
                "text, y text",
                "text DEFAULT now()",
                "text) WITH (x",
                "text -- ",
                "text[]",
                "varchar(-1)",
                "varchar(1e9)",
                "numeric(1,2",
                "numeric(1,2,3)",
                "timestamp(7)",
                "timestamptz(7)",
                "timestamptz with time zone",
                "serial",
                "regclass",
                "public.mytype",
                "\"text\""
            })
    void whatIsNoKnownTypeIsRefused(String override) {
        assertThatThrownBy(() -> TypeMappings.of(Columns.of("int"), asking(override)))
                .isInstanceOf(UnmappedTypeException.class)
                .hasMessageStartingWith("column_types of column c: found " + override + "; allowed are smallint,");
    }

    private static TypeMapping mapping(String columnType) {
        return mapping(columnType, ValuePolicies.DEFAULT);
    }

    private static TypeMapping mapping(String columnType, ValuePolicies policies) {
        return TypeMappings.of(Columns.of(columnType), new ColumnOptions(Map.of(), List.of(), policies, Map.of()));
    }

    private static ColumnOptions asking(String type) {
        return new ColumnOptions(Map.of("c", type), List.of(), ValuePolicies.DEFAULT, Map.of());
    }

    private static ValuePolicies policies(ZeroDates zeroDates) {
        return new ValuePolicies(
                ValuePolicies.NulCharacters.REJECT,
                ValuePolicies.InvalidText.REJECT,
                zeroDates,
                ValuePolicies.Tinyint1.SMALLINT,
                ValuePolicies.Time.INTERVAL);
    }

    private static String cell(String columnType, byte[] value) throws UnstorableValueException {
        CopyBuffer buffer = new CopyBuffer();
        mapping(columnType).encode(value, buffer);
        return text(buffer);
    }

    private static String text(CopyBuffer buffer) {
        return new String(buffer.bytes(), 0, buffer.length(), StandardCharsets.UTF_8);
    }
}
