package io.postgresloader.config.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.postgresloader.config.ConfigFiles;
import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.CursorLogic;
import io.postgresloader.model.CursorOptions;
import io.postgresloader.model.DateBounds;
import io.postgresloader.model.DeleteOptions;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.LoadOptions;
import io.postgresloader.model.QuietHours;
import io.postgresloader.model.ReconcileOptions;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.ValuePolicies;
import io.postgresloader.testing.EditorSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogReaderTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"adjustment:", "adjustment: {}", "adjustment: ~", "\uFEFFadjustment:"})
    void aTableOfWhichNothingIsSaidHasTheDefaults(String text) {
        assertThat(read(text).table("adjustment")).contains(TableOptions.defaults("adjustment"));
    }

    @Test
    void everyKeyReachesItsOption() {
        String text =
                """
                adjustment:
                  primary_key: [AdjNum, ClinicNum]
                  incremental_columns: [AdjDate, SecDateTEdit]
                  incremental_strategy: and_logic
                  column_priorities: [SecDateTEdit, AdjDate]
                  data_quality_filters: {min_date: "2001-02-03", max_date: 2030-12-31}
                  schedule: 30s
                  load: append
                  lookback: PT7M
                  skip_unchanged: false
                  reconcile: 1d
                  quiet_hours: 07:00-19:30
                  deletes: mark
                  column_types: {AdjType: smallint, AdjAmt: "numeric(10,2)"}
                """;
        assertThat(read(text).table("adjustment"))
                .contains(new TableOptions(
                        "adjustment",
                        List.of("AdjNum", "ClinicNum"),
                        new CursorOptions(
                                List.of("SecDateTEdit", "AdjDate"),
                                CursorLogic.AND,
                                new DateBounds(LocalDate.of(2001, 2, 3), Optional.of(LocalDate.of(2030, 12, 31))),
                                Duration.ofMinutes(7)),
                        new LoadOptions(LoadMode.APPEND, Duration.ofSeconds(30), false, 0.1),
                        new ReconcileOptions(
                                Optional.of(Duration.ofDays(1)),
                                Optional.of(new QuietHours(LocalTime.of(7, 0), LocalTime.of(19, 30)))),
                        new DeleteOptions(DeletePolicy.MARK, 0.05),
                        new ColumnOptions(
                                Map.of("AdjType", "smallint", "AdjAmt", "numeric(10,2)"),
                                List.of(),
                                ValuePolicies.DEFAULT,
                                Map.of())));
    }

    @Test
    void defaultsHoldForEveryTableThatDoesNotSayOtherwise() {
        Catalog catalog = read(
                """
                defaults:
                  incremental_strategy: and_logic
                  data_quality_filters: {min_date: 1999-01-01, max_date: 2040-01-01}
                  schedule: 1h
                  load: full
                  lookback: 1m
                  skip_unchanged: no
                  reconcile: 2d
                  deletes: ignore
                quiet:
                loud:
                  incremental_strategy: or_logic
                  data_quality_filters: {max_date: 2041-01-01}
                  schedule: 2h
                  load: incremental
                  lookback: 2m
                  skip_unchanged: yes
                  reconcile: off
                  deletes: delete
                """);
        assertThat(catalog.tables().values())
                .containsExactly(
                        options("quiet", CursorLogic.AND, 2040, 1, LoadMode.FULL, false, 2, DeletePolicy.IGNORE),
                        options("loud", CursorLogic.OR, 2041, 2, LoadMode.INCREMENTAL, true, 0, DeletePolicy.DELETE));
    }

    private static TableOptions options(
            String table, CursorLogic logic, int year, int n, LoadMode load, boolean skip, int days, DeletePolicy d) {
        return new TableOptions(
                table,
                List.of(),
                new CursorOptions(
                        List.of(),
                        logic,
                        new DateBounds(LocalDate.of(1999, 1, 1), Optional.of(LocalDate.of(year, 1, 1))),
                        Duration.ofMinutes(n)),
                new LoadOptions(load, Duration.ofHours(n), skip, 0.1),
                new ReconcileOptions(Optional.of(Duration.ofDays(days)).filter(t -> !t.isZero()), Optional.empty()),
                new DeleteOptions(d, 0.05),
                ColumnOptions.DEFAULT);
    }

    @Test
    void policiesOfAColumnComeBeforeThoseOfTheTableAndOfTheFile() {
        ColumnOptions columns =
                read("""
                        defaults: {nul_characters: strip, invalid_text: replace, zero_dates: reject}
                        t:
                          zero_dates: 1900-01-01
                          time: time
                          exclude_columns: [Secret]
                          column_policies: {Note: {nul_characters: reject, zero_dates: null, tinyint1: boolean}}
                        """)
                        .table("t")
                        .orElseThrow()
                        .columns();

        assertThat(columns.policies("other"))
                .isEqualTo(new ValuePolicies(
                        ValuePolicies.NulCharacters.STRIP,
                        ValuePolicies.InvalidText.REPLACE,
                        ValuePolicies.ZeroDates.as(LocalDate.of(1900, 1, 1)),
                        ValuePolicies.Tinyint1.SMALLINT,
                        ValuePolicies.Time.TIME));
        assertThat(columns.policies("note"))
                .isEqualTo(new ValuePolicies(
                        ValuePolicies.NulCharacters.REJECT,
                        ValuePolicies.InvalidText.REPLACE,
                        ValuePolicies.ZeroDates.NULL,
                        ValuePolicies.Tinyint1.BOOLEAN,
                        ValuePolicies.Time.TIME));
        assertThat(columns.excludes("SECRET")).isTrue();
        assertThat(columns.excludes("Note")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "Off", "'off'", "false", "no"})
    void reconcileCanBeSwitchedOff(String off) {
        assertThat(read("adjustment: {reconcile: " + off + "}")
                        .table("adjustment")
                        .orElseThrow()
                        .reconcile()
                        .every())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    incremental_columns: [A, B, C]                                                 | A,B,C
                    incremental_columns: [A, B, C], column_priorities: [C]                         | C,A,B
                    incremental_columns: [A, B, C], column_priorities: [c, b]                      | C,B,A
                    incremental_columns: [A, B], incremental_strategy: single_column               | A
                    incremental_columns: [A, B], incremental_strategy: single_column, column_priorities: [B] | B
                    incremental_columns: [A, B], incremental_strategy: none                        | ''
                    incremental_columns: [A, B], primary_incremental_column: b                     | B,A
                    incremental_columns: [A, B], primary_incremental_column: B, incremental_strategy: single_column | B
                    incremental_columns: [A], primary_incremental_column: X, incremental_strategy: single_column | X
                    incremental_columns: [A, B], primary_incremental_column: none                  | A,B
                    incremental_columns: [A, B], primary_incremental_column: ~                     | A,B
                    incremental_columns: [A, B], primary_incremental_column: B, column_priorities: [A] | A,B
                    primary_incremental_column: A                                                  | A
                    incremental_columns: [yes, 7]                                                  | yes,7
                    """)
    void cursorColumnsAreOrderedAndChosen(String options, String columns) {
        assertThat(String.join(",", table(options).cursors().columns())).isEqualTo(columns);
    }

    @Test
    void aSingleColumnIsThePrimaryOneForAllPriorities() {
        String options = "incremental_columns: [A, B], column_priorities: [A], primary_incremental_column: b";
        assertThat(table(options + ", incremental_strategy: single_column")
                        .cursors()
                        .columns())
                .containsExactly("B");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    extraction_strategy: full_table                             | FULL
                    extraction_strategy: incremental                            | INCREMENTAL
                    extraction_strategy: incremental_chunked                    | INCREMENTAL
                    extraction_strategy: full_table, load: append               | APPEND
                    load: append, extraction_strategy: full_table               | APPEND
                    """)
    void theOlderExtractionStrategyMeansALoadUnlessLoadIsGiven(String options, LoadMode load) {
        assertThat(table(options).load().mode()).isEqualTo(load);
    }

    @Test
    void anOlderFileIsReadAndItsMeaninglessKeysAreNamedOnce() {
        Catalog catalog = read(
                """
                metadata: {generated_at: 2025-01-01, total_tables: 2}
                tables:
                  adjustment:
                    table_name: adjustment
                    extraction_strategy: incremental
                    primary_key: AdjNum
                    incremental_columns:
                    - AdjNum
                    - SecDateTEdit
                    incremental_strategy: or_logic
                    primary_incremental_column: SecDateTEdit
                    batch_size: 5000
                    monitoring: {alert_on_failure: true}
                  tempimageconv:
                    table_name: tempimageconv
                    extraction_strategy: full_table
                    primary_key: ''
                    incremental_columns: []
                    incremental_strategy: none
                    primary_incremental_column: null
                    column_priorities: []
                    batch_size: 1000
                """);
        assertThat(catalog.ignoredKeys()).containsExactly("table_name", "batch_size", "monitoring");
        assertThat(catalog.tables()).containsOnlyKeys("adjustment", "tempimageconv");
        assertThat(catalog.tables().get("adjustment").cursors().columns()).containsExactly("SecDateTEdit", "AdjNum");
        assertThat(catalog.tables().get("tempimageconv").load().mode()).isEqualTo(LoadMode.FULL);
    }

    @Test
    void belowTablesEvenTheWordsOfTheFileAreNamesOfTables() {
        Catalog catalog = read("tables:\n  tables: {load: full}\n  metadata:\n  defaults:\n");
        assertThat(catalog.tables()).containsOnlyKeys("tables", "metadata", "defaults");
        assertThat(read("metadata: {load: full}").tables()).containsOnlyKeys("metadata");
    }

    @Test
    void linesAreKnownByPath() {
        Catalog catalog = read(
                """
                tables:
                  adjustment:
                    primary_key: AdjNum
                    incremental_columns:
                      - SecDateTEdit
                      - AdjDate
                    data_quality_filters:
                      min_date: 2000-01-01
                    column_types: {AdjType: smallint}
                """);
        assertThat(catalog.lines())
                .contains(
                        entry("adjustment", 2),
                        entry("adjustment.primary_key", 3),
                        entry("adjustment.incremental_columns", 4),
                        entry("adjustment.incremental_columns[0]", 5),
                        entry("adjustment.incremental_columns[1]", 6),
                        entry("adjustment.incremental_columns.AdjDate", 6),
                        entry("adjustment.data_quality_filters.min_date", 8),
                        entry("adjustment.column_types.AdjType", 9));
    }

    @Test
    void manyTablesMayShareOneAnchor() {
        StringBuilder text = new StringBuilder("t: {data_quality_filters: &real {min_date: 2010-01-01}}\n");
        for (int i = 0; i < 446; i++) {
            text.append("t").append(i).append(": {data_quality_filters: *real}\n");
        }
        assertThat(read(text.toString()).tables().get("t445").cursors().bounds().min())
                .isEqualTo("2010-01-01");
    }

    private TableOptions table(String options) {
        return read("t: {" + options + "}").table("t").orElseThrow();
    }

    /** What the reader takes an editor takes as well. */
    private Catalog read(String text) {
        assertThat(EditorSchema.problems(text)).isEmpty();
        return CatalogReader.read(ConfigFiles.write(directory, "tables.yml", text));
    }
}
