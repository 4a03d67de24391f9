package io.postgresloader.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStatesTest {
    @ParameterizedTest
    @CsvSource({
        // Users' queries look for these two words.
        "23505, duplicate key: the value violates a unique constraint",
        "22001, the value is longer than the column",
        "0A000, the server does not support the statement for this table",
        "42703, the column does not exist",
        "42S22, the column does not exist",
        // No words of their own: those of the class.
        "23001, the row violates a constraint",
        "08006, the connection failed",
        "28000, authentication failed",
        "57P01, the server was stopped or the statement was cancelled",
        // Not even a class.
        "HY000, the database reported an error",
        "XX000, the database reported an error"
    })
    void aStateIsSaidInWords(String sqlState, String words) {
        assertThat(SqlStates.words(sqlState)).isEqualTo(words);
    }
}
