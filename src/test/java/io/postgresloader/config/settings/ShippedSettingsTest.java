package io.postgresloader.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The settings in {@code config/}, with which every user starts. */
class ShippedSettingsTest {
    private static final Path PROPERTIES = Path.of("config/application.properties");

    @Test
    void theSettingsHaveNoProblemAndHoldTheDefaults() {
        Configuration shipped = SettingsReader.read(PROPERTIES, Map.of());
        Configuration bare = SettingsReader.read(
                Path.of("config/no-such-file"),
                Map.of(
                        "SOURCE_URL", "jdbc:mysql://127.0.0.1:3306/opendental",
                        "SOURCE_USER", "loader",
                        "TARGET_URL", "jdbc:postgresql://127.0.0.1:5432/opendental_analytics",
                        "TARGET_USER", "loader"));
        assertThat(shipped.settings()).isEqualTo(bare.settings());
        assertThat(shipped.camel()).containsExactly(Map.entry("camel.main.name", "postgres-loader"));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everySettingIsInTheFileButPasswordsOnlyInItsComments(Setting setting) throws IOException {
        String text = Files.readString(PROPERTIES);
        if (setting.secret()) {
            assertThat(text).doesNotContain(setting.property() + "=").contains(setting.variable());
        } else {
            assertThat(text).containsOnlyOnce("\n" + setting.property() + "=");
        }
    }
}
