package io.postgresloader.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "16777216, 16777216",
        "5B, 5",
        "16MiB, 16777216",
        "16mib, 16777216",
        "16 MiB, 16777216",
        "16MB, 16000000",
        "64KiB, 65536",
        "64kB, 64000",
        "1GiB, 1073741824",
        "1GB, 1000000000"
    })
    void sizesAreReadWithBothKindsOfUnits(String text, long bytes) {
        assertThat(ByteSize.parse(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "16M", "16iB", "-1", "1.5MiB", "16TiB", "999999999999GiB", "1e6"})
    void anythingElseIsNone(String text) {
        assertThat(ByteSize.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"65536, 64KiB", "16777216, 16MiB", "1073741824, 1GiB", "1000, 1000", "1536, 1536", "0, 0"})
    void sizesAreShownInTheGreatestUnitThatIsExact(long bytes, String text) {
        assertThat(ByteSize.show(bytes)).isEqualTo(text);
    }
}
