package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextConversionTest {
    /** FF marks what the server made of a text, FE the stored bytes. */
    @ParameterizedTest
    @CsvSource({
        "utf16,   FE0061D83D0062,     a?b",
        "utf16,   FE006100,           a?",
        "utf16,   FED83DDE01DE01,     \uD83D\uDE01?",
        "utf16le, FE61003DD83DD801DE, a?\uD83D\uDE01",
        "ucs2,    FE0061D83D,         a?",
        "utf32,   FE00000061001100000001F601, a?\uD83D\uDE01",
        "utf32,   FE000000610000D83D00, a??",
        "sjis,    FF613F,             a?",
        "ucs2,    61EDA0BD62,         a\uFFFDb",
        "tis620,  61EFBFBD,           a\uFFFD"
    })
    void anInvalidTextIsRepaired(String characterSet, String received, String repaired) {
        TextConversion conversion = new TextConversion(characterSet);
        byte[] value = HexFormat.of().parseHex(received);

        assertThat(conversion.invalid(value)).isTrue();
        assertThat(new String(conversion.repaired(value), StandardCharsets.UTF_8))
                .isEqualTo(repaired);
    }

    /** They have a code for U+FFFD, which need not be the server's replacement. */
    @ParameterizedTest
    @ValueSource(strings = {"utf16", "utf16le", "ucs2", "utf32", "gb18030"})
    void aReplacementCharacterThatIsStoredIsValid(String characterSet) {
        assertThat(new TextConversion(characterSet).invalid(HexFormat.of().parseHex("61EFBFBD")))
                .isFalse();
    }

    @Test
    void textInUtf8IsNotConverted() {
        assertThat(TextConversion.of(Optional.empty())).isEmpty();
        for (String utf8 : new String[] {"utf8", "utf8mb3", "utf8mb4"}) {
            assertThat(TextConversion.of(Optional.of(utf8))).isEmpty();
        }
    }
}
