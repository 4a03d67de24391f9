package io.postgresloader.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manual names every setting with its default, and every option of a table. */
class SettingsPageTest {
    private static final Path MANUAL = Path.of("src/site/markdown");

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everySettingIsInTheTableWithItsDefaultAndWhetherAFileMayHoldIt(Setting setting) throws IOException {
        String mark = setting.fileVariable().isPresent() ? " *" : "";
        String standard = setting.defaultText()
                .map(text -> text.isEmpty() ? "none" : "`" + text + "`")
                .orElse("required");
        assertThat(Files.readString(MANUAL.resolve("settings.md")))
                .containsOnlyOnce("| `" + setting.property() + "`" + mark + " | " + standard + " | ");
    }

    @Test
    void everyOptionThatIsNotOfTheOlderGeneratorIsExplained() throws IOException {
        String pages = Files.readString(MANUAL.resolve("tables-yml.md")) + Files.readString(MANUAL.resolve("types.md"));
        List<String> older = List.of("extraction_strategy", "primary_incremental_column");
        assertThat(OptionKey.namesIn(OptionKey.Scope.TABLE))
                .filteredOn(option -> !older.contains(option))
                .allMatch(option -> pages.contains("  " + option + ":") || pages.contains("| `" + option + "`"));
    }
}
