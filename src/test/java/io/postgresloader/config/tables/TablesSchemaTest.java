package io.postgresloader.config.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.ConfigFiles;
import io.postgresloader.config.tables.OptionKey.Scope;
import io.postgresloader.model.TableOptions;
import io.postgresloader.testing.EditorSchema;
import io.postgresloader.tracking.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The schema for editors and the reader take and refuse the same files. */
class TablesSchemaTest {
    private static final Path COMMITTED = Path.of("config", TablesSchema.FILE);

    /** What only the reader refuses. */
    private record Lenient(String reason, String... lists) {
        @Override
        public String toString() {
            return reason;
        }
    }

    @TempDir
    Path directory;

    @Test
    void theCommittedFileIsWhatTheOptionKeysSay() throws IOException {
        String generated = Json.pretty(TablesSchema.document());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(COMMITTED, generated);
        }
        assertThat(COMMITTED)
                .as("to write it again: mvn test -Dtest=TablesSchemaTest -Dgolden.update=true")
                .hasContent(generated);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config/tables.yml", "docker/tables.yml"})
    void theShippedListsAreValidAndNameTheSchema(Path list) throws IOException {
        String text = Files.readString(list);
        assertThat(EditorSchema.problems(text)).isEmpty();
        String schema = text.lines().findFirst().orElseThrow().replace("# yaml-language-server: $schema=", "");
        assertThat(list.resolveSibling(schema).normalize()).isEqualTo(COMMITTED);
    }

    @Test
    void theDefaultsThatItNamesAreThoseOfTheReader() {
        StringBuilder list = new StringBuilder("t:\n");
        for (OptionKey key : OptionKey.in(Scope.FILE)) {
            // Without a value, the clock and the stamp are those that the table has.
            if (!Set.of(OptionKey.DATA_QUALITY_FILTERS, OptionKey.TIMESTAMPS, OptionKey.LOADED_AT_COLUMN)
                    .contains(key)) {
                assertThat(key.schema()).as(key.text()).containsKey("default");
                list.append("  " + key.text() + ": " + key.schema().get("default") + "\n");
            }
        }
        Catalog catalog = CatalogReader.read(ConfigFiles.write(directory, "tables.yml", list.toString()));
        assertThat(catalog.table("t")).contains(TableOptions.defaults("t"));
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsTakenWhereItMayStandWithWhatItMayBe(OptionKey key) {
        for (String value : OptionInputs.of(key).taken()) {
            String entry = key.text() + ": " + value;
            assertVerdict("t:\n  " + entry, true);
            assertVerdict("tables:\n  t:\n    " + entry, true);
            assertVerdict("t:\ndefaults:\n  " + entry, OptionKey.in(Scope.FILE).contains(key));
            assertVerdict(
                    "t: {column_policies: {c: {" + entry + "}}}",
                    OptionKey.in(Scope.COLUMN).contains(key));
        }
        for (String value : OptionInputs.of(key).refused()) {
            String entry = key.text() + ": " + value;
            assertVerdict("t:\n  " + entry, false);
            assertVerdict("t:\ndefaults:\n  " + entry, false);
            assertVerdict("t: {column_policies: {c: {" + entry + "}}}", false);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXTRACTION_STRATEGY")
    void inATableOfTheOlderGeneratorAKeyMayBeWithoutAValue(OptionKey key) {
        List<String> blank = List.of("", "~", "''", "' '", "[]");
        for (String value : OptionInputs.with(blank, OptionInputs.of(key).refused())) {
            assertVerdict(
                    "t: {extraction_strategy: incremental, " + key.text() + ": " + value + "}", blank.contains(value));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:\nb: {}\nc: ~",
                "a: {incremental_columns: [A, B], column_priorities: [b]}",
                "metadata: {load: full}",
                "defaults:\na:",
                "defaults: ~\na:",
                "tables: {a: }",
                "tables: {tables: , metadata: , defaults: {primary_key: Id}}",
                "tables: {a: }\nmetadata: [anything, {at: all}]\ndefaults: {load: full}",
                "a: {table_name: a, batch_size: 5, monitoring: {x: [y]}, dbt_model_types: [], schema_hash: ~}",
                "a:\ndefaults: {batch_size: 5}",
                "7: {load: full}",
                "yes:"
            })
    void aListOfThisFormIsTaken(String list) {
        assertVerdict(list, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[a]",
                "a",
                "defaults:",
                "defaults: {load: full}",
                "'': {}",
                "a: full",
                "a: [full]",
                "a: {lod: full}",
                "a: {'': full}",
                "a:\ndefaults: full",
                "a:\ndefaults: {primary_key: Id}",
                "a:\ndefaults: {lod: full}",
                "a:\ndefaults: {extraction_strategy: full_table, load: }",
                "tables:",
                "tables: {}",
                "tables: [a]",
                "tables: {a: {lod: full}}",
                "tables: {a: }\nb:",
                "tables: {a: }\ndefaults: 5",
                "a: {column_policies: {c: {load: full}}}"
            })
    void aListOfThisFormIsRefused(String list) {
        assertVerdict(list, false);
    }

    static Stream<Lenient> rulesOfTheReaderAlone() {
        return Stream.of(
                new Lenient(
                        "a schema does not hold one key against another",
                        "t:\n  column_priorities: [A]",
                        "t:\n  incremental_columns: [Abc]\n  column_priorities:\n  - Abd",
                        "t:\n  {primary_key: Id, exclude_columns: [ID]}",
                        "t:\n  incremental_strategy: and_logic\n  reconcile: off",
                        "defaults: {reconcile: off}\na:\nb:\n  incremental_strategy: and_logic",
                        "defaults: {reconcile: off, incremental_strategy: and_logic}\na:\nb:",
                        "t:\n  data_quality_filters: {min_date: 2031-01-01, max_date: 2030-12-31}",
                        "t:\n  data_quality_filters: {max_date: 1999-12-31}",
                        "defaults: {data_quality_filters: {max_date: 1990-01-01}}\na:\nb:",
                        "defaults: {data_quality_filters: {max_date: 2010-01-01}}\na:\n"
                                + "b: {data_quality_filters: {min_date: 2011-01-01}}"),
                new Lenient(
                        "a schema compares names with their case",
                        "t:\n  incremental_columns:\n  - A\n  - a",
                        "t:\n  column_types: {A: text, a: text}",
                        "t:\n  column_policies: {a: {}, A: {}}"),
                new Lenient("a schema does not see that 7 and '7' are the same name", "t: {primary_key: [7, '7']}"),
                new Lenient(
                        "a pattern does not calculate a length of time",
                        "t:\n  schedule: 3651d",
                        "t: {schedule: PT87601H}",
                        "t:\n  schedule: PT-5M",
                        "t: {reconcile: -PT5M}",
                        "t: {schedule: P1DT}"),
                new Lenient(
                        "a schema sees numbers without their notation",
                        "t: {max_delete_fraction: 5e-2}",
                        "t: {max_delete_fraction: .5}",
                        "t: {max_delete_fraction: 0.12345678}"),
                new Lenient(
                        "a schema does not see quotes, and words that are booleans in YAML 1.1 are texts in 1.2",
                        "t: {skip_unchanged: 'yes'}",
                        "t: {reconcile: 'no'}",
                        "t: {quiet_hours: 'OFF'}",
                        "t: {column_types: {A: yes}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesOfTheReaderAlone")
    void theSchemaIsMoreLenientWhereItCannotKnow(Lenient rule) {
        for (String list : rule.lists()) {
            assertThat(reads(list)).as("reader: %s", list).isFalse();
            assertThat(EditorSchema.problems(list)).as("schema: %s", list).isEmpty();
        }
    }

    /** An alias within its own anchor makes no tree, which alone can be held against a schema. */
    static Stream<CatalogProblemsTest.Case> problemsOfTheReader() {
        return Stream.of(
                        CatalogProblemsTest.files(),
                        CatalogProblemsTest.options(),
                        CatalogProblemsTest.filesWithDefaults())
                .flatMap(cases -> cases)
                .filter(wrong -> !wrong.text().contains("*x"));
    }

    @ParameterizedTest
    @MethodSource("problemsOfTheReader")
    void anEditorMarksWhatTheReaderReportsIfASchemaCanSayIt(CatalogProblemsTest.Case wrong) {
        boolean lenient =
                rulesOfTheReaderAlone().anyMatch(rule -> List.of(rule.lists()).contains(wrong.text()));
        assertThat(refusedByEditor(wrong.text())).as(wrong.text()).isEqualTo(!lenient);
    }

    private static boolean refusedByEditor(String list) {
        try {
            return !EditorSchema.problems(list).isEmpty();
        } catch (YamlEngineException noYaml) {
            return true;
        }
    }

    private void assertVerdict(String list, boolean taken) {
        assertThat(reads(list)).as("reader: %s", list).isEqualTo(taken);
        List<String> problems = EditorSchema.problems(list);
        assertThat(problems.isEmpty()).as("schema: %s %s", list, problems).isEqualTo(taken);
    }

    private boolean reads(String list) {
        Path file = ConfigFiles.write(directory, "tables.yml", list);
        return ConfigFiles.problems(directory, () -> CatalogReader.read(file)).isEmpty();
    }
}
