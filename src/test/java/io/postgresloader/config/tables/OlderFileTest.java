package io.postgresloader.config.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.model.LoadMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OlderFileTest {
    @TempDir
    Path directory;

    @Test
    void theFileOfA446TablePracticeWorksAsItIs() throws IOException {
        List<String> names =
                OlderGenerator.tables().stream().map(cells -> cells[0]).toList();
        Catalog catalog = CatalogReader.read(file(OlderGenerator.file(names)));

        assertThat(catalog.tables()).hasSize(446);
        assertThat(catalog.tables().values())
                .filteredOn(table -> table.load().mode() == LoadMode.FULL)
                .hasSize(371);
        assertThat(catalog.ignoredKeys()).contains("batch_size", "monitoring", "sync_profile", "lookback_resync");
    }

    @Test
    void saysWhatTheOlderJobDid() throws IOException {
        List<OlderTable> tables =
                OlderFile.read(file(OlderGenerator.file(List.of("adjustment", "patientlink", "account"))));

        OlderTable adjustment = tables.stream()
                .filter(table -> table.table().equals("adjustment"))
                .findFirst()
                .orElseThrow();
        assertThat(adjustment.incremental()).isTrue();
        assertThat(adjustment.editedInPlace()).isTrue();
        assertThat(adjustment.primaryKey()).containsExactly("AdjNum");
        assertThat(adjustment.followed()).containsExactly("AdjNum", "SecDateTEdit");
        assertThat(adjustment.watermark()).contains("AdjNum");
        assertThat(tables).filteredOn(table -> !table.incremental()).hasSize(2);
    }

    @Test
    void knowsWhatAUserAddedToIt() throws IOException {
        String text =
                OlderGenerator.file(List.of("account")) + "    schedule: 1h\n    column_types: {AcctType: text}\n";
        assertThat(OlderFile.read(file(text))).singleElement().satisfies(table -> assertThat(table.ours())
                .containsExactly("column_types", "schedule"));
        assertThat(OlderFile.read(file(OlderGenerator.file(List.of("account"))))
                        .get(0)
                        .ours())
                .isEmpty();
    }

    @Test
    void aFileOfOursIsRefused() {
        assertThatThrownBy(() -> OlderFile.read(file("claim:\n  primary_key: ClaimNum\n")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no table has an extraction_strategy");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("tables.yml"), text);
    }
}
