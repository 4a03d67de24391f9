package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which changes of a source type leave every value as it was. */
class SourceChangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "int(11)|int(11)",
                "int(11)|int(10)",
                "tinyint(4)|bigint(20)",
                "int(10) unsigned|bigint(20) unsigned",
                "decimal(8,2)|decimal(10,4)",
                "varchar(20) utf8mb3|varchar(30) utf8mb3",
                "varchar(20) utf8mb3|varchar(20) utf8mb4",
                "varchar(255) utf8mb3|text utf8mb3",
                "text utf8mb3|mediumtext utf8mb4",
                "varbinary(20)|blob",
                "blob|longblob",
                "date|datetime",
                "datetime|datetime(6)",
                "float|double",
                "bit(3)|bit(8)",
                "enum('a','b') utf8mb3|enum('a','b','c') utf8mb3"
            })
    void widerTypesDo(String before, String now) {
        assertThat(SourceChange.keepsValues(before, now)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "bigint(20)|int(11)",
                "int(11)|int(11) unsigned",
                "int(11) unsigned|bigint(20)",
                "int(11)|varchar(20) utf8mb3",
                "decimal(8,2)|decimal(9,4)",
                "decimal(8,2)|decimal(12,1)",
                "double|float",
                "varchar(30) utf8mb3|varchar(20) utf8mb3",
                "varchar(20) utf8mb3|varchar(20) latin1",
                "varchar(20) latin1|varchar(20) utf8mb4",
                "varchar(20000) utf8mb4|text utf8mb4",
                "varchar(20) utf8mb3|char(20) utf8mb3",
                "text utf8mb3|blob",
                "blob|text utf8mb3",
                "mediumtext utf8mb3|text utf8mb3",
                "datetime(6)|datetime",
                "datetime|date",
                "datetime|timestamp",
                "timestamp|datetime",
                "enum('a','b') utf8mb3|enum('b','a') utf8mb3",
                "year(4)|year(2)"
            })
    void othersMayNot(String before, String now) {
        assertThat(SourceChange.keepsValues(before, now)).isFalse();
    }
}
