package io.postgresloader.analyze;

import static io.postgresloader.analyze.ColumnRole.BUSINESS;
import static io.postgresloader.analyze.ColumnRole.EDIT;
import static io.postgresloader.analyze.ColumnRole.EMPTY;
import static io.postgresloader.analyze.ColumnRole.ENTRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.SourceTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadModeChooserTest {
    private static final long SMALL = 10_000;
    private static final long LARGE = 10_001;
    private static final ColumnEvidence CLEAN = new ColumnEvidence(1000, 0, 0, 0, 0, 0, 990, 30);
    private static final ColumnEvidence DIRTY = new ColumnEvidence(1000, 100, 0, 150, 0, 0, 600, 30);

    static Stream<Case> cases() {
        ColumnFinding onUpdate = column("E", "timestamp", EDIT, true, "");
        ColumnFinding indexed = column("I", "datetime", EDIT, false, "i");
        ColumnFinding time = column("T", "datetime", EDIT, false, "");
        ColumnFinding day = column("D", "date", EDIT, false, "");
        ColumnFinding entry = column("N", "datetime", ENTRY, false, "n");
        ColumnFinding business = column("B", "date", BUSINESS, false, "b");
        ColumnFinding empty = column("Z", "date", EMPTY, false, "");
        return Stream.of(
                new Case("id", SMALL, List.of(), LoadMode.FULL, List.of(), "small"),
                new Case("id", LARGE, List.of(), LoadMode.APPEND, List.of(), "new rows by id"),
                new Case("id", SMALL, List.of(onUpdate), LoadMode.INCREMENTAL, List.of("E"), "E ("),
                new Case("id", LARGE, List.of(business, entry, onUpdate), LoadMode.INCREMENTAL, List.of("E"), "E ("),
                new Case(
                        "id",
                        LARGE,
                        List.of(day, time, indexed, onUpdate),
                        LoadMode.INCREMENTAL,
                        List.of("E", "I", "T"),
                        "index i"),
                new Case("id", SMALL, List.of(entry, business), LoadMode.FULL, List.of(), "no column shows edits"),
                new Case("id", LARGE, List.of(entry, business, empty), LoadMode.APPEND, List.of(), "reconcile"),
                new Case("name", LARGE, List.of(entry, business), LoadMode.INCREMENTAL, List.of("N"), "reconcile"),
                new Case("name", LARGE, List.of(business), LoadMode.FULL, List.of(), "no integer key"),
                new Case("id,name", LARGE, List.of(entry, onUpdate), LoadMode.INCREMENTAL, List.of("E", "N"), "E ("),
                new Case("", SMALL, List.of(onUpdate), LoadMode.FULL, List.of(), "replaces the whole table"),
                new Case("id", LARGE, List.of(onUpdate), LoadMode.INCREMENTAL, List.of("E"), "E (").byRandomKeys(),
                new Case("id", LARGE, List.of(onUpdate, entry), LoadMode.INCREMENTAL, List.of("E", "N"), "E (")
                        .byRandomKeys(),
                new Case(
                                "id",
                                LARGE,
                                List.of(entry, business),
                                LoadMode.INCREMENTAL,
                                List.of("N"),
                                "new rows by N, as the names suggest; no column shows edits")
                        .byRandomKeys(),
                new Case("id", LARGE, List.of(business), LoadMode.FULL, List.of(), "keys are random").byRandomKeys(),
                new Case("id", SMALL, List.of(entry), LoadMode.FULL, List.of(), "small").byRandomKeys());
    }

    record Case(
            String key,
            long rows,
            List<ColumnFinding> columns,
            LoadMode plan,
            List<String> cursors,
            String reason,
            boolean random) {
        Case(String key, long rows, List<ColumnFinding> columns, LoadMode plan, List<String> cursors, String reason) {
            this(key, rows, columns, plan, cursors, reason, false);
        }

        Case byRandomKeys() {
            return new Case(key, rows, columns, plan, cursors, reason, true);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void choosesTheCheapestLoadThatLosesNothing(Case given) {
        TableFinding finding = LoadModeChooser.choose(
                table(given.key, given.rows, 50), given.columns, Optional.of("all rows"), given.random);
        assertThat(finding.mode()).isEqualTo(given.plan);
        assertThat(finding.cursors().stream().map(ColumnFinding::name)).isEqualTo(given.cursors);
        assertThat(finding.reason()).contains(given.reason);
        assertThat(finding.obstacle()).isEmpty();
    }

    /** Without the option, the loader would choose a load by new keys. */
    @Test
    void writesTheModeOfALargeTableWithRandomKeys() {
        TableFinding random = LoadModeChooser.choose(table("id", LARGE, 50), List.of(), Optional.of("all rows"), true);
        assertThat(EntryText.of(random).options()).containsEntry("load", "full");
        assertThat(random.remarks()).contains("keys are random: a load by new keys would miss rows");
        TableFinding small = LoadModeChooser.choose(table("id", SMALL, 50), List.of(), Optional.of("all rows"), false);
        assertThat(EntryText.of(small).options()).doesNotContainKey("load");
    }

    @Test
    void saysWhatEachLoadOfALargeTableCostsWithoutAnIndex() {
        ColumnFinding edit = column("E", "timestamp", EDIT, true, "");
        assertThat(LoadModeChooser.choose(table("id", LARGE, 50), List.of(edit), Optional.of("all rows"), false)
                        .remarks())
                .anyMatch(remark -> remark.startsWith("no index on E"));
        assertThat(LoadModeChooser.choose(table("id", SMALL, 50), List.of(edit), Optional.of("all rows"), false)
                        .remarks())
                .noneMatch(remark -> remark.startsWith("no index"));
    }

    @Test
    void saysWhatTheBoundsLeaveOut() {
        ColumnFinding edit = new ColumnFinding(Columns.datetime("E", true), EDIT, Optional.of("e"), DIRTY, "");
        TableFinding finding =
                LoadModeChooser.choose(table("id", LARGE, 50), List.of(edit), Optional.of("all rows"), false);
        assertThat(finding.remarks()).contains("10% of E is NULL", "15% of E is outside the bounds");
        assertThat(EntryText.of(finding).options()).containsEntry("data_quality_filters", "{min_date: \"2000-01-01\"}");
    }

    @Test
    void refusesATableWithoutKeyThatIsTooLargeToBeReplaced() {
        TableFinding finding =
                LoadModeChooser.choose(table("", 1_000_000, 40), List.of(), Optional.of("all rows"), false);
        assertThat(finding.obstacle())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no key", "32 MiB"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"float", "double", "json"})
    void aKeyThatTheLoaderDoesNotTakeIsNotWritten(String type) {
        List<Column> columns = List.of(Columns.of("e", type), Columns.of("id", "bigint"));
        Key unusable = new Key(List.of("e", "id"));

        SourceTable alone = new SourceTable("t", columns, List.of(unusable), 10, 50, true);
        assertThat(LoadModeChooser.choose(alone, List.of(), Optional.of("all rows"), false)
                        .obstacle())
                .hasValueSatisfying(reason -> assertThat(reason).contains("its key (e, id)", type));

        SourceTable both = new SourceTable("t", columns, List.of(unusable, new Key(List.of("id"))), 10, 50, true);
        TableFinding finding = LoadModeChooser.choose(both, List.of(), Optional.of("all rows"), false);
        assertThat(finding.obstacle()).isEmpty();
        assertThat(EntryText.of(finding).options()).containsEntry("primary_key", "id");
    }

    @Test
    void aKeyThatIsBoundByNumbersComesAfterOthers() {
        List<Column> columns = List.of(Columns.of("e", "bit"), Columns.of("id", "bigint"));
        Key byNumber = new Key(List.of("e", "id"));
        Key byValue = new Key(List.of("id"));

        SourceTable alone = new SourceTable("t", columns, List.of(byNumber), 10, 50, true);
        assertThat(LoadModeChooser.choose(alone, List.of(), Optional.of("all rows"), false)
                        .obstacle())
                .isEmpty();
        assertThat(alone.ownKey()).contains(byNumber);
        assertThat(new SourceTable("t", columns, List.of(byNumber, byValue), 10, 50, true).ownKey())
                .contains(byValue);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "defaults"})
    void refusesATableWhoseNameMeansSomethingElseInTheList(String name) {
        SourceTable table = new SourceTable(
                name, List.of(Columns.of("id", "bigint")), List.of(new Key(List.of("id"))), 10, 50, true);
        assertThat(LoadModeChooser.choose(table, List.of(), Optional.of("all rows"), false)
                        .obstacle())
                .isPresent();
    }

    private static SourceTable table(String key, long rows, long rowBytes) {
        List<String> columns = key.isEmpty() ? List.of() : Arrays.asList(key.split(","));
        List<Column> declared = Stream.of(Columns.of("id", "bigint"), Columns.of("name", "varchar"))
                .toList();
        return new SourceTable(
                "t", declared, key.isEmpty() ? List.of() : List.of(new Key(columns)), rows, rowBytes, true);
    }

    private static ColumnFinding column(String name, String type, ColumnRole role, boolean onUpdate, String index) {
        Column column = onUpdate ? Columns.datetime(name, true) : Columns.of(name, type);
        return new ColumnFinding(column, role, Optional.of(index).filter(i -> !i.isEmpty()), CLEAN, "");
    }
}
