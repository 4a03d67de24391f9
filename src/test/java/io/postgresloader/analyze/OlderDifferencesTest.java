package io.postgresloader.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.tables.OlderTable;
import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.SourceTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OlderDifferencesTest {
    private static final long SMALL = 500;
    private static final long LARGE = 90_000;
    private static final ColumnEvidence IN_ORDER = new ColumnEvidence(1000, 0, 0, 0, 0, 0, 990, 0);
    private static final ColumnEvidence MOVED = new ColumnEvidence(1000, 0, 0, 0, 0, 0, 990, 30);
    private static final ColumnEvidence EMPTY = new ColumnEvidence(1000, 1000, 0, 0, 0, 0, 0, 0);

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        older("incremental", "or_logic", true, "TNum DateTEntry"),
                        finding(LARGE, "DateTEntry", IN_ORDER),
                        "t: DateTEntry was used as an edit time, but is an entry time (100% in key order: set when the row is entered)",
                        "t: edits were missed; now loads find new rows by key, and reconcile finds edits"),
                new Case(
                        older("full_table", "or_logic", true, "TNum DateTimeLink"),
                        finding(SMALL, "DateTimeLink", IN_ORDER),
                        "t: DateTimeLink was used as an edit time, but is an entry time (100% in key order: set when the row is entered)"),
                new Case(
                        older("incremental", "or_logic", true, "TNum DateTimeSheet DateTSheetEdited"),
                        finding(LARGE, "DateTimeSheet,DateTSheetEdited", MOVED, MOVED),
                        "t: DateTimeSheet was a watermark, but is a business date (not in key order, and nothing indicates that edits change it)"),
                new Case(
                        older("incremental", "single_column", true, "TNum SecDateTEdit"),
                        finding(LARGE, "SecDateTEdit", MOVED),
                        "t: its key was the watermark, so edited rows were missed; now by SecDateTEdit"),
                new Case(
                        older("incremental", "single_column", false, "TNum"),
                        finding(SMALL, "ProcDate", MOVED),
                        "t: edits were missed; now each load compares the whole table"),
                new Case(
                        older("incremental", "and_logic", true, "DateTStamp DateEmpty"),
                        finding(LARGE, "DateTStamp,DateEmpty", MOVED, EMPTY),
                        "t: DateEmpty was a watermark, but has no valid date",
                        "t: and_logic missed rows of which only some cursor columns changed; now or_logic"),
                new Case(
                        older("full_table", "single_column", false, "TNum"),
                        finding(LARGE, "ProcDate", MOVED),
                        "t: each load read the whole table; now loads find new rows by key, and reconcile finds edits"),
                new Case(
                        older("full_table", "or_logic", false, "TNum ProcDate"),
                        finding(SMALL, "ProcDate", MOVED),
                        "t: ProcDate was listed as a column that shows changes, but is a business date (not in key order, and nothing indicates that edits change it)"),
                new Case(
                        older("incremental", "or_logic", false, "TNum LogDateTime"),
                        finding(LARGE, "LogDateTime", IN_ORDER),
                        "t: edits were missed; now loads find new rows by key, and reconcile finds edits"),
                new Case(older("incremental", "or_logic", true, "DateTStamp"), finding(LARGE, "DateTStamp", MOVED)),
                new Case(older("full_table", "none", false, ""), finding(SMALL, "ProcDate", MOVED)));
    }

    record Case(OlderTable older, TableFinding finding, List<String> differences) {
        Case(OlderTable older, TableFinding finding, String... differences) {
            this(older, finding, List.of(differences));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatWasMissedAndWhatIsDoneNow(Case given) {
        assertThat(OlderDifferences.of(List.of(given.older), analysis(given.finding)))
                .isEqualTo(given.differences);
    }

    @Test
    void namesTablesThatCameOrWent() {
        Analysis analysis = new Analysis(
                Set.of("t", "t_bak", "other"), List.of(finding(SMALL, "")), Map.of("t_bak", "bak"), List.of());
        assertThat(OlderDifferences.of(List.of(named("removed"), named("t_bak"), named("other")), analysis))
                .containsExactly(
                        "removed: not in the new list: it does not exist in the source",
                        "t_bak: not in the new list: its name matches the pattern bak",
                        "other: not in the new list: it was not analyzed",
                        "t: new in the list");
    }

    @Test
    void namesAKeyThatIsAnotherOneAndOptionsThatAreLost() {
        OlderTable older = new OlderTable(
                "t",
                Optional.of("full_table"),
                List.of("id"),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false,
                List.of("column_types", "schedule"));
        assertThat(OlderDifferences.of(List.of(older), analysis(finding(SMALL, ""))))
                .containsExactly(
                        "t: options that users added are not imported: column_types, schedule",
                        "t: primary_key changes from id to TNum");
    }

    private static OlderTable named(String name) {
        return new OlderTable(
                name, Optional.empty(), List.of(), Optional.empty(), List.of(), Optional.empty(), false, List.of());
    }

    private static OlderTable older(String extraction, String strategy, boolean editedInPlace, String columns) {
        List<String> followed =
                Arrays.stream(columns.split(" ")).filter(c -> !c.isEmpty()).toList();
        return new OlderTable(
                "t",
                Optional.of(extraction),
                List.of("TNum"),
                Optional.empty(),
                followed,
                Optional.of(strategy),
                editedInPlace,
                List.of());
    }

    private static TableFinding finding(long rows, String dates, ColumnEvidence... evidence) {
        List<Column> columns = Arrays.stream(dates.split(","))
                .filter(name -> !name.isEmpty())
                .map(name -> Columns.datetime(name, false))
                .toList();
        SourceTable table = new SourceTable(
                "t", List.of(Columns.of("TNum", "bigint")), List.of(new Key(List.of("TNum"))), rows, 50, true);
        List<ColumnFinding> findings = IntStream.range(0, columns.size())
                .mapToObj(i -> ColumnClassifier.classify(columns.get(i), Optional.empty(), evidence[i], false))
                .toList();
        return LoadModeChooser.choose(table, findings, Optional.of("all rows"), false);
    }

    private static Analysis analysis(TableFinding finding) {
        return new Analysis(Set.of("t"), List.of(finding), Map.of(), List.of());
    }
}
