package io.postgresloader.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.CatalogReader;
import io.postgresloader.config.CatalogText;
import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.SourceTable;
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
        assertThat(CatalogReader.read(file).table("claim").orElseThrow().cursorColumns())
                .containsExactly("SecDateTEdit");
        assertThat(Files.readString(file)).contains("# - claim_bak: its name matches the pattern bak");
    }

    @Test
    void thatIsUpToDateStaysByteForByte() throws IOException {
        Analysis analysis = analysis(table("claim", "SecDateTEdit"), table("fee"));
        String before = TableList.of(analysis);
        assertThat(merge(before, analysis)).isEqualTo(new TableListMerge.Merged(before, List.of()));
    }

    @Test
    void followsTheSourceWhereNobodyChangedIt() throws IOException {
        String before = TableList.of(analysis(table("claim"), table("fee"), table("gone")))
                .replace("  primary_key: feeNum\n", "  primary_key: feeNum\n  schedule: 1h\n");
        TableListMerge.Merged merged =
                merge(before, analysis(table("claim", "SecDateTEdit"), table("document"), table("fee", "DateTStamp")));

        assertThat(merged.changes())
                .containsExactly(
                        "~ claim: incremental_columns from nothing to [SecDateTEdit]",
                        "~ fee: incremental_columns from nothing to [DateTStamp]",
                        "- gone: the source does not have it any more",
                        "+ document: full: small, and no column shows edits");
        assertThat(CatalogReader.read(file(merged.text())).tables().keySet())
                .containsExactly("claim", "document", "fee");
        assertThat(merged.text()).contains("[DateTStamp]\n  schedule: 1h\n");
    }

    @Test
    void keepsWhatAPersonWroteAndSaysWhatItWouldDo() throws IOException {
        String before =
                """
                # By hand.
                claim: {incremental_columns: [DateSent], schedule: 1h}   # because
                gone:
                  load: full
                zebra:
                """;
        TableListMerge.Merged merged = merge(before, analysis(table("claim", "SecDateTEdit"), table("zebra")));

        assertThat(merged.text()).isEqualTo(before);
        assertThat(merged.changes())
                .containsExactly(
                        "= claim: kept as a person wrote it; the analysis would change incremental_columns from"
                                + " [DateSent] to [SecDateTEdit], primary_key from nothing to claimNum",
                        "= gone: the source does not have it, but a person wrote its entry: take it out, or mend its"
                                + " name",
                        "= zebra: kept as a person wrote it; the analysis would change primary_key from nothing to"
                                + " zebraNum");
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
        List<Column> columns = Stream.concat(
                        Stream.of(Columns.of(name + "Num", "bigint")),
                        Stream.of(edits).map(edit -> Columns.datetime(edit, true)))
                .toList();
        SourceTable table = new SourceTable(name, columns, List.of(new Key(List.of(name + "Num"))), 100, 50, true);
        List<ColumnFinding> findings = columns.stream()
                .skip(1)
                .map(column -> ColumnJudge.judge(column, Optional.empty(), EDITED))
                .toList();
        return TableJudge.judge(table, findings, "all rows");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("tables.yml"), text);
    }
}
