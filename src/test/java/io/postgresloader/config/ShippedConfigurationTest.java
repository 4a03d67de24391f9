package io.postgresloader.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.CursorLogic;
import io.postgresloader.model.DateBounds;
import io.postgresloader.model.TableOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files in {@code config/}, with which everyone starts. */
class ShippedConfigurationTest {
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

    @Test
    void theTablesHaveNoProblem() {
        Catalog catalog = CatalogReader.read(Path.of("config/tables.yml"));
        assertThat(catalog.tables()).hasSize(93);
        assertThat(catalog.ignoredKeys()).isEmpty();
        assertThat(catalog.tables().values()).allMatch(t -> t.primaryKey().size() == 1);
        assertThat(catalog.tables().values())
                .filteredOn(t -> !t.table().equals("adjustment"))
                .allMatch(t -> t.cursorColumns().size() <= 3)
                .allMatch(t -> t.bounds().equals(DateBounds.DEFAULT));
    }

    @Test
    void theTableListExplainsEveryOptionThatIsNotOfTheOlderGenerator() throws IOException {
        List<String> older = List.of("extraction_strategy", "primary_incremental_column");
        assertThat(Files.readAllLines(Path.of("config/tables.yml")))
                .filteredOn(line -> line.matches("#   \\w+ {2,}.*"))
                .extracting(line -> line.split(" +")[1])
                .containsAll(OptionKey.namesIn(OptionKey.Scope.TABLE).stream()
                        .filter(option -> !older.contains(option))
                        .toList());
    }

    @Test
    void adjustmentIsAsTheContractShowsIt() {
        TableOptions adjustment = CatalogReader.read(Path.of("config/tables.yml"))
                .table("adjustment")
                .orElseThrow();
        TableOptions standard = TableOptions.defaults("adjustment");
        assertThat(adjustment)
                .isEqualTo(new TableOptions(
                        "adjustment",
                        List.of("AdjNum"),
                        List.of("SecDateTEdit", "AdjDate", "ProcDate", "DateEntry"),
                        CursorLogic.OR,
                        new DateBounds(LocalDate.of(2000, 1, 1), Optional.of(LocalDate.of(2030, 12, 31))),
                        standard.schedule(),
                        standard.load(),
                        standard.lookback(),
                        standard.skipUnchanged(),
                        standard.reconcile(),
                        standard.quietHours(),
                        standard.deletes(),
                        standard.maxDeleteFraction(),
                        standard.maxDeadLetterFraction(),
                        ColumnOptions.DEFAULT));
    }
}
