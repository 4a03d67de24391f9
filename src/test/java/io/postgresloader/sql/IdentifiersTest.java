package io.postgresloader.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "AdjNum|`AdjNum`|\"AdjNum\"",
                "select|`select`|\"select\"",
                "a`b|`a``b`|\"a`b\"",
                "a\"b|`a\"b`|\"a\"\"b\"",
                "x; DROP TABLE y|`x; DROP TABLE y`|\"x; DROP TABLE y\"",
                "Straße|`Straße`|\"Straße\""
            })
    void namesAreQuotedForEitherServer(String name, String mysql, String postgres) {
        assertThat(Identifiers.mysql(name)).isEqualTo(mysql);
        assertThat(Identifiers.postgres(name)).isEqualTo(postgres);
    }

    @Test
    void sixtyThreeBytesAreTheMostThatPostgresKeeps() {
        assertThat(Identifiers.postgres("x".repeat(63))).hasSize(65);
        assertThatThrownBy(() -> Identifiers.postgres("x".repeat(64))).hasMessageContaining("64 bytes");
        assertThatThrownBy(() -> Identifiers.postgres("ß".repeat(32))).hasMessageContaining("64 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b"})
    void whatIsNoNameIsRefused(String name) {
        assertThatThrownBy(() -> Identifiers.postgres(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
