package io.postgresloader.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.SchemaVersion.LoadedColumn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The upgrade of a server that spells types differently changes no schema. */
class TypeSpellingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "varchar(20) utf8|varchar(20) utf8mb3",
                "enum('a','utf8') utf8|enum('a','utf8') utf8mb3",
                "bigint(20)|bigint",
                "int(10) unsigned|int unsigned",
                "tinyint(4)|tinyint",
                "year(4)|year",
                "geometrycollection|geomcollection",
                "datetime /* mariadb-5.3 */|datetime",
                "timestamp(6) /* 5.5 binary format */|timestamp(6)"
            })
    void theSameTypeHasOneSpelling(String older, String newer) {
        assertThat(loaded(older)).isEqualTo(loaded(newer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "varchar(20) utf8mb3|varchar(20) utf8mb4",
                "varchar(20) utf8|varchar(30) utf8",
                "tinyint(1)|tinyint",
                "int(5) unsigned zerofill|int(10) unsigned zerofill",
                "int(11)|int(11) unsigned",
                "int(11)|bigint(20)",
                "bit(1)|bit(8)",
                "year(4)|year(2)",
                "enum('/*','*/')|enum('')"
            })
    void otherTypesStayApart(String one, String other) {
        assertThat(loaded(one)).isNotEqualTo(loaded(other));
    }

    private static LoadedColumn loaded(String type) {
        return new LoadedColumn("V", type, "text", true);
    }
}
