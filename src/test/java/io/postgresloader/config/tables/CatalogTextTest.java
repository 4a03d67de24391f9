package io.postgresloader.config.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.model.LoadMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTextTest {
    private static final CatalogEntry CLAIM = new CatalogEntry(
            "claim",
            List.of("incremental: by SecDateTEdit"),
            Map.of("primary_key", "ClaimNum", "incremental_columns", "[SecDateTEdit]"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:\n",
                "# head\n\n# of a\na:\n  # why\n  primary_key: x\n\n# of b\nb: {load: full}\nc:\n",
                "defaults:\n  schedule: 5m\n\na:\n  incremental_columns:\n    - x\n    - y # last\n",
                "a:\n  primary_key: [x, y]\n  column_types:\n    z: text\n# end\n",
                "a: &same\n  schedule: 1h\nb: *same\n",
                "a:\r\n  load: full\r\n\r\n# of b\r\nb:\r\n",
                "---\n# of a\na: # why\n\n\nb:\n\n# the end\n"
            })
    void aFileThatIsCutAndPutTogetherIsTheSame(String text) throws IOException {
        assertThat(CatalogText.read(file(text)).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\n  schedule: 1h # not so often\n", "\n\n# the end\n"})
    void whatAProgramWroteIsKnownAgain(String end) throws IOException {
        String lineEnd = end.startsWith("\r") ? "\r\n" : "\n";
        assertThat(entry(String.join(lineEnd, CLAIM.lines()) + end).untouched()).isTrue();
    }

    @Test
    void aCommentAboveTheFirstEntryIsItsOwnBelowABlankLine() throws IOException {
        CatalogText text = CatalogText.read(file("# the file\n\n# of a\na:\nb:\n# the end\n"));
        assertThat(text.head()).containsExactly("# the file");
        assertThat(text.entries().get(0).lead()).containsExactly("", "# of a");
        assertThat(text.tail()).containsExactly("# the end");
    }

    @Test
    void namesCannotEndTheCommentThatTheyStandIn() throws IOException {
        CatalogEntry entry = new CatalogEntry(
                "claim\nfee\u2028", List.of("full: by x\n  load: append\r\u0085\u2028"), Map.of("load", "full"));
        Catalog catalog = CatalogReader.read(file(String.join("\n", entry.lines()) + "\n"));
        assertThat(catalog.tables()).containsOnlyKeys("claim\nfee\u2028");
        assertThat(catalog.tables().values()).allMatch(table -> table.load().mode() == LoadMode.FULL);
    }

    @ParameterizedTest
    @CsvSource({
        "SecDateTEdit, SecDateTEntry",
        "primary_key: ClaimNum, primary_key: PatNum",
        "primary_key: ClaimNum, load: append",
        "'  primary_key', '  incremental_strategy: and_logic\n  primary_key'",
        "# analyze, # somebody",
        "[SecDateTEdit], '[SecDateTEdit] # it moves'",
        "[SecDateTEdit], '[\"SecDateTEdit\"]'",
        "incremental: by, incremental: surely by",
        "'  primary_key', '  # ask Ann\n  primary_key'",
        "claim:, 'claim: # Ann'"
    })
    void whatAUserChangedIsNot(String from, String to) throws IOException {
        String written = String.join("\n", CLAIM.lines()) + "\n";
        assertThat(written).contains(from);
        assertThat(entry(written.replace(from, to)).untouched()).isFalse();
    }

    @Test
    void aReplacedEntryKeepsWhatOnlyUsersWrite() throws IOException {
        CatalogText text = CatalogText.read(file("# of claim\n" + String.join("\n", CLAIM.lines())
                + "\n  schedule: 1h # not so often\n  column_types:\n    Note: text\n"));
        CatalogEntry other = new CatalogEntry("claim", List.of("full: small"), Map.of("primary_key", "ClaimNum"));
        CatalogText.Entry replaced = text.entries().get(0).replacedBy(other);

        assertThat(replaced.lead()).isEmpty();
        assertThat(text.head()).containsExactly("# of claim");
        assertThat(String.join("\n", replaced.lines()))
                .contains("# full: small", "  schedule: 1h # not so often\n  column_types:\n    Note: text")
                .doesNotContain("SecDateTEdit");
        assertThat(replaced.untouched()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata: {}\ntables:\n  a:\n", "{a: , b: }\n", "  a:\n  b:\n"})
    void aFileInAnotherFormIsRefused(String text) {
        assertThatThrownBy(() -> CatalogText.read(file(text)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("only that form can be merged");
    }

    @ParameterizedTest
    @CsvSource({
        "claim, claim",
        "SecDateTEdit, SecDateTEdit",
        "on, '\"on\"'",
        "NULL, '\"NULL\"'",
        "2000-01-01, '\"2000-01-01\"'",
        "a b, '\"a b\"'",
        "'q\"\\', '\"q\\\"\\\\\"'",
        "Größe, '\"Größe\"'",
        "'', '\"\"'",
        "a:b, '\"a:b\"'"
    })
    void namesAreQuotedWhereYamlWouldTakeThemForSomethingElse(String name, String written) throws IOException {
        assertThat(CatalogEntry.scalar(name)).isEqualTo(written);
        if (!name.isBlank()) {
            Catalog catalog = CatalogReader.read(
                    file(CatalogEntry.scalar(name) + ":\n  primary_key: " + CatalogEntry.list(List.of(name)) + "\n"));
            assertThat(catalog.table(name).orElseThrow().primaryKey()).containsExactly(name);
        }
    }

    private CatalogText.Entry entry(String text) throws IOException {
        return CatalogText.read(file(text)).entries().get(0);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("tables.yml"), text);
    }
}
