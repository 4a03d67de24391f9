package io.postgresloader.config.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.CursorLogic;
import io.postgresloader.model.CursorOptions;
import io.postgresloader.model.DateBounds;
import io.postgresloader.model.TableOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table list in {@code config/}, with which every user starts. */
class ShippedTablesTest {
    private static final Path TABLES = Path.of("config/tables.yml");

    @Test
    void theTablesHaveNoProblem() {
        Catalog catalog = CatalogReader.read(TABLES);
        assertThat(catalog.tables()).hasSize(93);
        assertThat(catalog.ignoredKeys()).isEmpty();
        assertThat(catalog.tables().values()).allMatch(t -> t.primaryKey().size() == 1);
        assertThat(catalog.tables().values())
                .filteredOn(t -> !t.table().equals("adjustment"))
                .allMatch(t -> t.cursors().columns().size() <= 3)
                .allMatch(t -> t.cursors().bounds().equals(DateBounds.DEFAULT));
    }

    @Test
    void theTableListExplainsEveryOptionThatIsNotOfTheOlderGenerator() throws IOException {
        List<String> older = List.of("extraction_strategy", "primary_incremental_column");
        assertThat(Files.readAllLines(TABLES))
                .filteredOn(line -> line.matches("#   \\w+ {2,}.*"))
                .extracting(line -> line.split(" +")[1])
                .containsAll(OptionKey.namesIn(OptionKey.Scope.TABLE).stream()
                        .filter(option -> !older.contains(option))
                        .toList());
    }

    @Test
    void adjustmentIsAsTheContractShowsIt() {
        TableOptions adjustment = CatalogReader.read(TABLES).table("adjustment").orElseThrow();
        TableOptions standard = TableOptions.defaults("adjustment");
        assertThat(adjustment)
                .isEqualTo(new TableOptions(
                        "adjustment",
                        List.of("AdjNum"),
                        new CursorOptions(
                                List.of("SecDateTEdit", "AdjDate", "ProcDate", "DateEntry"),
                                CursorLogic.OR,
                                new DateBounds(LocalDate.of(2000, 1, 1), Optional.of(LocalDate.of(2030, 12, 31))),
                                standard.cursors().lookback()),
                        standard.load(),
                        standard.reconcile(),
                        standard.deletes(),
                        standard.columns()));
    }
}
