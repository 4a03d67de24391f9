package io.postgresloader.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DbtVersionTest {
    @ParameterizedTest
    @CsvSource({"1.8, false", "1.9, false", "1.9.10, false", "1.10, true", "1.10.0, true", "1.11, true", "2.0, true"})
    void sourcesAreConfiguredFromTenOn(String text, boolean configured) {
        assertThat(DbtVersion.parse(text).orElseThrow().configuresSources()).isEqualTo(configured);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.7", "0.21", "1.x", "v1.10", "1.10-rc1", "1.10.", "9999.1"})
    void otherTextsAreNoVersion(String text) {
        assertThat(DbtVersion.parse(text)).isEmpty();
    }
}
