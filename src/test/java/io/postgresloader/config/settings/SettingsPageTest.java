package io.postgresloader.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manual names every setting with its default. */
class SettingsPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/settings.md");

    @ParameterizedTest
    @EnumSource(Setting.class)
    void theTableShowsEachSettingItsDefaultAndItsFileMark(Setting setting) throws IOException {
        String mark = setting.fileVariable().isPresent() ? " *" : "";
        String standard = setting.defaultText()
                .map(text -> text.isEmpty() ? "none" : "`" + text + "`")
                .orElse("required");
        assertThat(Files.readString(PAGE))
                .containsOnlyOnce("| `" + setting.property() + "`" + mark + " | " + standard + " | ");
    }
}
