package io.postgresloader.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search that finds nothing would keep every other test green. */
class CanaryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid input syntax for type integer: \"Canary1770777077\"",
                "\\x43616E6172793137373037373730373700",
                "Failing row contains (5, 1770777088, 1.770777e+09)",
                "0000000001101001100010111110100111110101",
                "01010000000000407DFA62DA41000000000000F03F",
                "date/time field value out of range: \"7771-00-13\"",
                "2017-07-07 07:07:07.777077",
                "-777:07:07",
                Canary.UUID,
                Canary.INET4 + "/32",
                Canary.INET6
            })
    void aValueIsSeenAsServersAndDriversPrintIt(String printed) {
        assertThat(Canary.sightings("some words, " + printed + ", and others")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc"})
    void aValueIsSeenInBase64WhereverItStarts(String before) {
        byte[] bytes = (before + Canary.TEXT + "!").getBytes(StandardCharsets.UTF_8);

        assertThat(Canary.sightings(Base64.getEncoder().encodeToString(bytes))).isNotEmpty();
    }

    @Test
    void ordinaryWordsAndNumbersAreNoValues() {
        assertThat(Canary.sightings("into_varchar: 30 pulled at 2026-07-07T07:07:07.123456Z " + UUID.randomUUID()))
                .isEmpty();
    }
}
