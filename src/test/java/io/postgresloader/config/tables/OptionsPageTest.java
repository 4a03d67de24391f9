package io.postgresloader.config.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The manual names every option of a table. */
class OptionsPageTest {
    private static final Path MANUAL = Path.of("src/site/markdown");

    @Test
    void everyOptionThatIsNotOfTheOlderGeneratorIsExplained() throws IOException {
        String pages = Files.readString(MANUAL.resolve("tables-yml.md")) + Files.readString(MANUAL.resolve("types.md"));
        List<String> older = List.of("extraction_strategy", "primary_incremental_column");
        assertThat(OptionKey.namesIn(OptionKey.Scope.TABLE))
                .filteredOn(option -> !older.contains(option))
                .allMatch(option -> pages.contains("  " + option + ":") || pages.contains("| `" + option + "`"));
    }
}
