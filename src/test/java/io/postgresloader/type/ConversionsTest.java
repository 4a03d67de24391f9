package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.model.Column;
import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.ValuePolicies;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a value of each type becomes in a target column of another type: whole, or not at all. */
class ConversionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // source            |target                      |value                |written
                "tinyint(1)          |boolean                     |1                    |1",
                "tinyint(1) zerofill |boolean                     |01                   |1",
                "int(11)             |smallint                    |-32768               |-32768",
                "int(11)             |numeric(12,2)               |5                    |5",
                "int(11)             |text                        |007                  |007",
                "int(11)             |double precision            |2147483647           |2147483647",
                "int(11)             |real                        |16777216             |16777216",
                "decimal(10,2)       |integer                     |5.00                 |5",
                "decimal(10,2)       |numeric(10,1)               |5.10                 |5.10",
                "decimal(10,2)       |numeric                     |-5.13                |-5.13",
                "decimal(10,2)       |double precision            |0.10                 |0.10",
                "decimal(5,0)        |numeric(3,-2)               |12300                |12300",
                "float               |double precision            |0.10000000149011612  |0.10000000149011612",
                "float               |numeric(10,2)               |0.10000000149011612  |0.1",
                "float               |text                        |0.10000000149011612  |0.1",
                "double              |real                        |0.1                  |0.1",
                "double              |numeric                     |1e20                 |100000000000000000000",
                "double              |bigint                      |1e18                 |1000000000000000000",
                "date                |timestamp without time zone |2020-02-29           |2020-02-29",
                "date                |character varying(10)       |2020-02-29           |2020-02-29",
                "datetime            |date                        |2020-02-29 00:00:00  |2020-02-29 00:00:00",
                "datetime(6)         |timestamp(3) without time zone|2020-02-29 01:02:03.400000|2020-02-29 01:02:03.400000",
                "timestamp           |timestamp with time zone    |2020-02-29 01:02:03  |2020-02-29 01:02:03",
                "time                |time without time zone      |24:00:00             |24:00:00",
                "time                |time without time zone      |-00:00:00            |-00:00:00",
                "time                |interval                    |-838:59:59           |-838:59:59",
                "varchar(20)         |character varying(3)        |äöü                  |äöü",
                "varchar(20)         |integer                     |-5                   |-5",
                "varchar(20)         |numeric(5,2)                |1.250                |1.250",
                "varchar(20)         |boolean                     |True                 |True",
                "varchar(20)         |timestamp without time zone |2020-01-01 10:00:00  |2020-01-01 10:00:00",
                "varchar(20)         |jsonb                       |{}                   |{}",
                "varchar(20)         |bytea                       |ab                   |\\\\x6162",
                "bit(3)              |boolean                     |#01                  |1",
                "bit(16)             |integer                     |#0100                |256",
                "bit(16)             |bit(12)                     |#0100                |000100000000",
                "blob                |text                        |ä                    |ä",
                "binary(16)          |uuid                        |0123456789abcdef     |30313233343536373839616263646566"
            })
    void aValueThatFitsArrivesWhole(String source, String target, String value, String written)
            throws UnstorableValueException {
        assertThat(convert(source, target, value)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tinyint(1)          |boolean                     |2                    |22P02",
                "int(11)             |real                        |16777217             |22003",
                "bigint              |double precision            |9007199254740993     |22003",
                "decimal(10,2)       |integer                     |5.10                 |22003",
                "decimal(10,2)       |numeric(10,1)               |5.13                 |22003",
                "decimal(5,0)        |numeric(3,-2)               |12340                |22003",
                "decimal(30,20)      |double precision            |0.12345678901234567890|22003",
                "double              |real                        |0.123456789          |22003",
                "double              |real                        |1e300                |22003",
                "datetime            |date                        |2020-02-29 00:00:01  |22008",
                "datetime(6)         |timestamp(3) without time zone|2020-02-29 01:02:03.400500|22008",
                "time                |time without time zone      |-01:00:00            |22008",
                "time                |time without time zone      |24:00:01             |22008",
                "time(3)             |interval(0)                 |01:00:00.500         |22008",
                "varchar(20)         |character varying(3)        |'abc '               |22001",
                "varchar(20)         |character(3)                |abcd                 |22001",
                "varchar(20)         |integer                     |0x1F                 |22P02",
                "varchar(20)         |integer                     |1_000                |22P02",
                "varchar(20)         |numeric                     |NaN                  |22P02",
                "varchar(20)         |numeric(5,2)                |1.255                |22003",
                "varchar(20)         |double precision            |Infinity             |22P02",
                "varchar(20)         |boolean                     |yes                  |22P02",
                "varchar(20)         |date                        |tomorrow             |22P02",
                "varchar(20)         |timestamp without time zone |now                  |22P02",
                "varchar(20)         |bit(4)                      |xF                   |22P02",
                "varchar(40)         |jsonb                       |{\"a\": 1, \"a\": 2}      |22030",
                "double              |numeric                     |-0                   |22003",
                "bit(16)             |bit(8)                      |#0100               |22026",
                "bit(3)              |boolean                     |#02                 |22026",
                "binary(16)          |uuid                        |abc                  |22P03"
            })
    void aValueThatWouldLoseSomethingIsRefused(String source, String target, String value, String sqlState) {
        assertThatThrownBy(() -> convert(source, target, value))
                .isInstanceOfSatisfying(
                        UnstorableValueException.class,
                        refused -> assertThat(refused.failure().sqlState()).contains(sqlState));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int(11)|bytea",
                "int(11)|bit(8)",
                "int(11)|date",
                "decimal(5,0)|boolean",
                "double|boolean",
                "date|integer",
                "datetime|time without time zone",
                "time|timestamp without time zone",
                "blob|integer",
                "point|text",
                "bit(8)|date",
                "varchar(5)|money",
                "varchar(5)|text[]",
                "varchar(5)|xml"
            })
    void aPairOfTypesThatMakesNoSenseIsRefusedByName(String source, String target) {
        assertThatThrownBy(() -> convert(source, target, "1"))
                .isInstanceOf(UnmappedTypeException.class)
                .hasMessageStartingWith("column c has the type " + source + ", which the target type " + target
                        + " cannot store; change the type in the target to ");
    }

    private static String convert(String source, String target, String value) throws UnstorableValueException {
        Column column = Columns.of(source);
        TypeMapping natural = TypeMappings.of(column, ColumnOptions.DEFAULT);
        CopyBuffer buffer = new CopyBuffer();
        Conversions.to(target, column, natural, ValuePolicies.DEFAULT).encode(bytes(value), buffer);
        return new String(buffer.bytes(), 0, buffer.length(), StandardCharsets.UTF_8);
    }

    /** Text, or bytes in hexadecimal after a {@code #}. */
    private static byte[] bytes(String value) {
        return value.startsWith("#")
                ? HexFormat.of().parseHex(value.substring(1))
                : value.getBytes(StandardCharsets.UTF_8);
    }
}
