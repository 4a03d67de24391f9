package io.postgresloader.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.config.tables.CatalogText;
import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.SourceTable;
import io.postgresloader.testing.EditorSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, and what becomes of it when it is brought up to date. */
class TableListTest {
    private static final ColumnEvidence EDITED = new ColumnEvidence(1000, 0, 0, 0, 0, 0, 990, 30);

    @TempDir
    Path directory;

    @Test
    void isReadAsItWasMeant() throws IOException {
        Path file = file(TableList.of(analysis(table("claim", "SecDateTEdit"), table("on"))));
        assertThat(CatalogReader.read(file).tables()).containsOnlyKeys("claim", "on");
        assertThat(CatalogReader.read(file)
                        .table("claim")
                        .orElseThrow()
                        .cursors()
                        .columns())
                .containsExactly("SecDateTEdit");
        assertThat(Files.readString(file)).contains("# - claim_bak: its name matches the pattern bak");
    }

    @Test
    void isCompletedAndCheckedByEditors() throws IOException {
        String list = TableList.of(analysis(table("claim", "SecDateTEdit"), table("on")));
        assertThat(list).startsWith("# yaml-language-server: $schema=tables.schema.json\n");
        assertThat(EditorSchema.problems(list)).isEmpty();
    }

    @Test
    void keepsTheSchemaThatAUserNamed() throws IOException {
        String line = "# yaml-language-server: $schema=https://schemas.example/tables.json";
        for (String rest : List.of("\nfee:\n", "\n\nfee:\n", "\n\n# Of fee.\nfee:\n")) {
            TableListMerge.Merged merged = merge(line + rest, analysis(table("claim"), table("fee")));
            assertThat(merged.text()).startsWith(line + "\n").containsOnlyOnce("$schema");
            assertThat(CatalogReader.read(file(merged.text())).tables()).containsOnlyKeys("claim", "fee");
        }
        assertThat(merge("fee:\n", analysis(table("fee"))).text()).isEqualTo("fee:\n");
    }

    @Test
    void thatIsUpToDateStaysByteForByte() throws IOException {
        Analysis analysis = analysis(table("claim", "SecDateTEdit"), table("fee"));
        String before = TableList.of(analysis);
        assertThat(merge(before, analysis)).isEqualTo(new TableListMerge.Merged(before, List.of()));
    }

    @Test
    void followsTheSourceWhereNobodyChangedIt() throws IOException {
        String before = TableList.of(analysis(table("claim"), table("fee"), table("removed")))
                .replace("  primary_key: feeNum\n", "  primary_key: feeNum\n  schedule: 1h\n");
        TableListMerge.Merged merged =
                merge(before, analysis(table("claim", "SecDateTEdit"), table("document"), table("fee", "DateTStamp")));

        assertThat(merged.changes())
                .containsExactly(
                        "~ claim: incremental_columns from nothing to [SecDateTEdit]",
                        "~ fee: incremental_columns from nothing to [DateTStamp]",
                        "- removed: the table does not exist in the source",
                        "+ document: full: small table, and no column shows edits");
        assertThat(CatalogReader.read(file(merged.text())).tables().keySet())
                .containsExactly("claim", "document", "fee");
        assertThat(merged.text()).contains("[DateTStamp]\n  schedule: 1h\n");
    }

    @Test
    void keepsWhatAUserWroteAndSaysWhatItWouldDo() throws IOException {
        String before =
                """
                # By hand.
                claim: {incremental_columns: [DateSent], schedule: 1h}   # because
                removed:
                  load: full
                zebra:
                """;
        TableListMerge.Merged merged = merge(before, analysis(table("claim", "SecDateTEdit"), table("zebra")));

        assertThat(merged.text()).isEqualTo(before);
        assertThat(merged.changes())
                .containsExactly(
                        "= claim: kept because it was edited; analyze would change incremental_columns from"
                                + " [DateSent] to [SecDateTEdit], primary_key from nothing to claimNum",
                        "= removed: the table does not exist in the source, but its entry was edited: remove the entry, or correct its name",
                        "= zebra: kept because it was edited; analyze would change primary_key from nothing to"
                                + " zebraNum");
    }

    @Test
    void keepsAllThatAUserWroteInAnEntryItWouldFollow() throws IOException {
        for (String by : List.of(
                "primary_key: claimNum # by hand", "# by hand\n  primary_key: claimNum", "primary_key: [claimNum]")) {
            String before = TableList.of(analysis(table("claim"))).replace("primary_key: claimNum", by);
            TableListMerge.Merged merged = merge(before, analysis(table("claim", "SecDateTEdit")));
            assertThat(merged.text()).isEqualTo(before);
            assertThat(merged.changes()).singleElement().asString().startsWith("= claim: kept because it was edited");
        }
    }

    @Test
    void takesOutNoEntryThatAUserEdited() throws IOException {
        for (String by : List.of("\n# by hand\nremoved:", "\nremoved: # by hand")) {
            String before =
                    TableList.of(analysis(table("fee"), table("removed"))).replace("\nremoved:", by);
            assertThat(merge(before, analysis(table("fee"))).text()).isEqualTo(before);
        }
        String before = TableList.of(analysis(table("fee"), table("removed")))
                .replace("  primary_key: removedNum\n", "  primary_key: removedNum\n  schedule: 1h\n");
        assertThat(merge(before, analysis(table("fee"))).text()).isEqualTo(before);
    }

    @Test
    void tellsAndWritesWhenTheSameOptionsMeanAnotherLoad() throws IOException {
        String before = TableList.of(analysis(table("claim")));
        TableFinding grown = finding("claim", 20_000, Optional.of("all rows"));
        TableListMerge.Merged merged = merge(before, analysis(grown));
        assertThat(merged.changes())
                .containsExactly("~ claim: append: new rows by claimNum; no column shows edits, reconcile finds them");
        assertThat(merged.text()).isEqualTo(TableList.of(analysis(grown)));
    }

    @Test
    void changesNothingBecauseOfRowsThatWereNotLookedAt() throws IOException {
        String before = TableList.of(analysis(table("claim")));
        TableListMerge.Merged merged =
                merge(before, analysis(finding("claim", 20_000, Optional.empty(), "SecDateTEdit")));
        assertThat(merged).isEqualTo(new TableListMerge.Merged(before, List.of()));
    }

    @Test
    void namesAtTheEndWhatIsNotListedNow() throws IOException {
        String before = TableList.of(analysis(table("claim"))) + "# Ann: ask for the rest.\n";
        Analysis now = new Analysis(
                Set.of("claim", "fee", "claim_bak", "zebra_old"),
                List.of(table("claim"), table("claim_bak"), table("fee")),
                Map.of("zebra_old", "old"),
                List.of());
        assertThat(merge(before, now).text())
                .isEqualTo(TableList.of(now) + "# Ann: ask for the rest.\n")
                .endsWith("\n\n# Not in this list:\n# - zebra_old: its name matches the pattern old\n"
                        + "# Ann: ask for the rest.\n");
    }

    @Test
    void keepsEntriesWithAliases() throws IOException {
        String before = "claim: &same\n  schedule: 1h\n  load: append\nfee: *same\n";
        assertThat(merge(before, analysis(table("claim", "SecDateTEdit"), table("fee")))
                        .text())
                .isEqualTo(before);
    }

    @Test
    void putsAnEntryAboveTheCommentOfTheFirst() throws IOException {
        String merged = merge("# All.\n\n# Of fee.\nfee:\n", analysis(table("claim"), table("fee")))
                .text();
        assertThat(merged).startsWith("# All.\n\nclaim:\n").endsWith("claimNum\n\n# Of fee.\nfee:\n");
    }

    @Test
    void keepsTablesThatWereNotLookedAt() throws IOException {
        String before = TableList.of(analysis(table("claim"), table("claim_bak")));
        assertThat(merge(before, analysis(table("claim"))).changes()).isEmpty();
    }

    private TableListMerge.Merged merge(String before, Analysis analysis) throws IOException {
        return TableListMerge.merge(CatalogText.read(file(before)), analysis);
    }

    private static Analysis analysis(TableFinding... tables) {
        Set<String> names = Stream.concat(Stream.of(tables).map(TableFinding::name), Stream.of("claim_bak"))
                .collect(Collectors.toSet());
        return new Analysis(names, List.of(tables), Map.of("claim_bak", "bak"), List.of());
    }

    private static TableFinding table(String name, String... edits) {
        return finding(name, 100, Optional.of("all rows"), edits);
    }

    private static TableFinding finding(String name, long rows, Optional<String> sampled, String... edits) {
        List<Column> columns = Stream.concat(
                        Stream.of(Columns.of(name + "Num", "bigint")),
                        Stream.of(edits).map(edit -> Columns.datetime(edit, true)))
                .toList();
        SourceTable table = new SourceTable(name, columns, List.of(new Key(List.of(name + "Num"))), rows, 50, true);
        List<ColumnFinding> findings = columns.stream()
                .skip(1)
                .map(column -> ColumnClassifier.classify(column, Optional.empty(), EDITED, false))
                .toList();
        return LoadModeChooser.choose(table, findings, sampled, false);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("tables.yml"), text);
    }
}
