package io.postgresloader.config.dbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users wrote in a properties file is kept as it is written, and what the schema decides is updated. */
class SourcesMergeTest {
    /** The warning comes after three periods. */
    private static final Generated.Thresholds THRESHOLDS = (schedule, reconcile) ->
            schedule.equals("1h") ? Optional.of(Map.of("warn_after", Map.of("count", 3))) : Optional.empty();

    private static final String EDITED =
            """
            # our sources
            version: 2

            sources:
              - name: other   # not the loader's
                tables: [{name: x}]
              - name: raw
                description: "The practice"
                schema: raw
                tables:
                  # the most important one
                  - name: claim
                    description: >
                      Claims, as the
                      insurance sees them
                    config:
                      tags: [finance]   # asked for by accounting
                      freshness: {warn_after: {count: 1, period: hour}}
                      meta:
                        owner: anna
                        postgres_loader: {load: auto}
                      loaded_at_query: select 1
                    columns:
                      - name: ClaimNum
                        quote: true
                        data_type: bigint
                        tests:
                          - unique: {config: {severity: warn}}
                          - not_null   # as well
                          - accepted_values:
                              arguments: {values: [1, 2]}
                        # the end of ClaimNum

                      - {name: Note, data_type: varchar, quote: true}
                  - name: hand_made
                    columns: []
            # the end
            """;

    private static final String KEY_OF_A_AND_B = "        config: {meta: {postgres_loader: {key: [A, B]}}}\n";

    @TempDir
    Path directory;

    @Test
    void aFileThatFitsIsNotTouched() throws IOException {
        SourcesMerge.Merged first = merge(EDITED, claim("text"));
        SourcesMerge.Merged second = merge(first.text(), claim("text"));

        assertThat(second.changes()).isEmpty();
        assertThat(second.text()).isEqualTo(first.text());
    }

    @Test
    void onlyWhatTheSchemaDecidesIsChanged() throws IOException {
        SourcesMerge.Merged merged = merge(EDITED, claim("text"));

        assertThat(merged.changes())
                .containsExactly(
                        "~ claim: loaded_at_query select 1 → select 2",
                        "~ claim: postgres_loader",
                        "~ claim.Note: data_type varchar → text",
                        "+ claim.Note: test not_null",
                        "+ claim.New");
        assertThat(merged.text())
                .isEqualTo(
                        EDITED.replace(
                                        "postgres_loader: {load: auto}",
                                        "postgres_loader:\n              load: incremental")
                                .replace("select 1", "select 2")
                                .replace(
                                        "data_type: varchar, quote: true}",
                                        "data_type: text, quote: true, data_tests: [not_null]}\n"
                                                + "          - name: New\n            data_type: date\n            quote: true"));
    }

    @Test
    void linesKeepTheirEndOfWindows() throws IOException {
        SourcesMerge.Merged merged = merge(EDITED.replace("\n", "\r\n"), claim("text"));

        assertThat(merged.text().replace("\r\n", "")).doesNotContain("\n", "\r");
        assertThat(merged.text()).contains("          - name: New\r\n");
    }

    @Test
    void aNewTableIsAddedBelowTheOthers() throws IOException {
        List<Map<String, Object>> tables = new ArrayList<>(claim("text"));
        Map<String, Object> fee = new LinkedHashMap<>();
        fee.put("name", "fee");
        fee.put("columns", List.of(column("FeeNum", "bigint")));
        tables.add(0, fee);

        SourcesMerge.Merged merged = merge(EDITED, tables);

        assertThat(merged.changes()).contains("+ fee");
        assertThat(merged.text())
                .contains("        columns: []\n      - name: fee\n")
                .endsWith("# the end\n");
    }

    @Test
    void aFileOfOtherSourcesGetsOurs() throws IOException {
        SourcesMerge.Merged merged = merge("sources:\n- name: a\n  tables:\n  - name: b\n", claim("text"));

        assertThat(merged.changes()).containsExactly("+ source raw");
        assertThat(merged.text())
                .startsWith("sources:\n- name: a\n  tables:\n  - name: b\n- name: raw\n  schema: raw\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|- claim.Old: the target has no such column",
                ", data_tests: [not_null]|- claim.Old: the target has no such column",
                ", description: Why|= claim.Old: the target has no such column, but",
                ", tags: [x]|= claim.Old: the target has no such column, but",
                ", data_tests: [not_null, mine]|= claim.Old: the target has no such column, but"
            })
    void aDroppedColumnIsRemovedUnlessAUserWroteInIt(String more, String change) throws IOException {
        String entry = "          - {name: Old, data_type: text, quote: true" + (more == null ? "" : more) + "}\n";
        String before = merge(EDITED, claim("text"))
                .text()
                .replace("          - name: New\n", entry + "          - name: New\n");

        SourcesMerge.Merged merged = merge(before, claim("text"));

        assertThat(merged.changes()).singleElement().asString().startsWith(change);
        assertThat(merged.text()).isEqualTo(change.startsWith("-") ? before.replace(entry, "") : before);
    }

    @Test
    void severalBlocksThatEndWithOneLineAllGetTheirLines() throws IOException {
        String before = "sources:\n- name: raw\n  tables:\n  - name: claim\n    columns:\n    - name: ClaimNum\n"
                + "      data_type: int\n    - name: Old\n      data_type: int";
        List<Map<String, Object>> tables = new ArrayList<>(claim("text"));
        tables.add(0, new LinkedHashMap<>(Map.of("name", "fee")));
        tables.get(0).put("columns", List.of(column("FeeNum", "bigint")));

        SourcesMerge.Merged merged = merge(before, tables);

        assertThat(merged.text())
                .isEqualTo(
                        """
                        sources:
                        - name: raw
                          tables:
                          - name: claim
                            columns:
                            - name: ClaimNum
                              data_type: bigint
                              quote: true
                              data_tests:
                                - unique
                                - not_null
                            - name: Note
                              data_type: text
                              quote: true
                              data_tests:
                                - not_null
                            - name: New
                              data_type: date
                              quote: true
                            description: from the source
                            config:
                              loaded_at_query: select 2
                              freshness:
                                warn_after:
                                  count: 3
                                  period: hour
                              meta:
                                postgres_loader:
                                  load: incremental
                          - name: fee
                            columns:
                              - name: FeeNum
                                data_type: bigint
                                quote: true
                          schema: raw
                        """);
        assertThat(merge(merged.text(), tables).changes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, '- dropped: the table is not in the table list'", "false,"})
    void aTableThatIsNotListedIsRemovedIfAllAreDescribed(boolean whole, String change) throws IOException {
        String dropped = "      - name: dropped\n        config:\n          meta:\n            postgres_loader:\n"
                + "              load: auto\n        columns:\n          - name: a\n";
        String before = merge(EDITED, claim("text"))
                .text()
                .replace("      - name: hand_made\n", dropped + "      - name: hand_made\n");

        SourcesMerge.Merged merged = SourcesMerge.merge(read(before), generated(claim("text"), whole));

        assertThat(merged.changes()).isEqualTo(change == null ? List.of() : List.of(change));
        assertThat(merged.text()).isEqualTo(change == null ? before : before.replace(dropped, ""));
    }

    @Test
    void theTestOfAnEarlierKeyIsReplaced() throws IOException {
        String before = "sources:\n  - name: raw\n    schema: raw\n    tables:\n      - name: claim\n"
                + KEY_OF_A_AND_B
                + "        data_tests:\n          - mine\n          - unique:\n              arguments:\n"
                + "                column_name: row(\"A\", \"B\")::text\n        columns:\n"
                + "          - name: A\n            data_type: text\n            quote: true\n";
        SourcesMerge.Merged merged = merge(before, List.of(keyOfAAndC()));

        assertThat(merged.changes()).containsExactly("~ claim: test unique of the key");
        assertThat(merged.text()).isEqualTo(before.replace("\"B\"", "\"C\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "        loaded_at_field: _loaded_at\n",
                "        config:\n          loaded_at_field: _loaded_at\n",
            })
    void thereIsOneWayToSayWhenATableWasLoaded(String older) throws IOException {
        String before = "sources:\n  - name: raw\n    tables:\n      - name: claim\n" + older
                + "        freshness: {warn_after: {count: 7, period: day}}\n";

        SourcesMerge.Merged merged = merge(before, claim("text"));

        assertThat(merged.changes()).contains("- claim: loaded_at_field");
        assertThat(merged.text())
                .contains("loaded_at_query: select 2", "count: 7")
                .doesNotContain("loaded_at_field", "count: 3");
        assertThat(merge(merged.text(), claim("text")).changes()).isEmpty();
    }

    @Test
    void anAliasIsNamedAndNotMerged() throws IOException {
        String before = "x: &c\n  - name: ClaimNum\nsources:\n  - name: raw\n    schema: raw\n    tables:\n"
                + "      - name: claim\n        columns: *c\n";

        SourcesMerge.Merged merged = merge(before, claim("text"));

        assertThat(merged.changes()).anyMatch(change -> change.startsWith("= claim.columns: a YAML alias"));
        assertThat(merged.text())
                .startsWith("x: &c\n  - name: ClaimNum\nsources:\n")
                .contains("columns: *c\n");
    }

    /** One text, two tables: what is right for one is wrong for the other. */
    @Test
    void whatAnAliasPutsIntoSeveralPlacesIsNotEdited() throws IOException {
        String before =
                """
                sources:
                  - name: raw
                    schema: raw
                    tables:
                      - name: claim
                        description: mine
                        config: &ours
                          loaded_at_query: select 1
                        columns: &columns
                          - name: Note
                            data_type: varchar
                      - name: fee
                        description: mine
                        config: *ours
                        columns: *columns
                """;
        List<Map<String, Object>> tables = new ArrayList<>(claim("text"));
        Map<String, Object> fee = new LinkedHashMap<>(claim("numeric").get(0));
        fee.put("name", "fee");
        tables.add(fee);

        SourcesMerge.Merged merged = merge(before, tables);

        assertThat(merged.text()).isEqualTo(before);
        assertThat(merged.changes())
                .hasSize(4)
                .allMatch(change -> change.matches("= (claim|fee)[:.] ?(config|columns): a YAML alias has it in several"
                        + " places, so that it is not merged; write it out"));
    }

    @Test
    void anAliasThatFitsIsNotNamed() throws IOException {
        String before = merge(EDITED, claim("text")).text().replace("sources:", "x: &desc words\nsources:");
        String shared = before.replace("        config:\n", "        config: &c\n") + "y: *c\n";

        assertThat(merge(shared, claim("text")).changes()).isEmpty();
    }

    @Test
    void aValueThatOtherPlacesReferToStays() throws IOException {
        String before = "sources:\n  - name: raw\n    schema: raw\n    tables:\n      - name: claim\n"
                + "        description: &d x\n        loaded_at_field: &f _loaded_at\n        columns:\n"
                + "          - name: Note\n            data_type: &t varchar\n            meta: {type: *t, f: *f}\n";

        SourcesMerge.Merged merged = merge(before, claim("text"));

        assertThat(merged.changes())
                .anyMatch(change -> change.startsWith("= claim.Note: data_type varchar → text: other places refer"))
                .anyMatch(change -> change.startsWith("= claim: loaded_at_field: other places refer"));
        assertThat(merged.text()).contains("data_type: &t varchar\n", "loaded_at_field: &f _loaded_at\n");
    }

    @Test
    void whatAMergeKeyBringsIsPresent() throws IOException {
        String before = "x: &base\n  description: ours\n  freshness: {warn_after: {count: 7, period: day}}\n"
                + "sources:\n  - name: raw\n    schema: raw\n    tables:\n      - <<: *base\n        name: claim\n";

        SourcesMerge.Merged merged = merge(before, claim("text"));

        assertThat(merged.changes()).noneMatch(change -> change.contains("description"));
        assertThat(merged.text()).doesNotContain("from the source", "count: 3").contains("select 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unique: {arguments: {column_name: 'row(\"A\", \"X\")::text'}}",
                "unique: {column_name: 'row(\"A\", lower(\"B\"))'}",
                "unique: {arguments: {column_name: 'row(\"A\", \"B\")::text'}, config: {severity: warn}}",
            })
    void aTestOfOtherColumnsOrOneThatAUserChangedStays(String test) throws IOException {
        String before = "sources:\n  - name: raw\n    schema: raw\n    tables:\n      - name: claim\n" + KEY_OF_A_AND_B
                + "        data_tests:\n          - " + test + "\n        columns:\n"
                + "          - name: A\n            data_type: text\n            quote: true\n";

        SourcesMerge.Merged merged = merge(before, List.of(keyOfAAndC()));

        assertThat(merged.changes()).containsExactly("+ claim: test unique of the key");
        assertThat(merged.text()).contains("- " + test + "\n", "\"C\"");
    }

    @Test
    void aTestOfAKeyThatAUserWroteIsNotRemovedWithItsTable() throws IOException {
        String dropped = "      - name: dropped\n        config: {meta: {postgres_loader: {load: auto}}}\n"
                + "        data_tests:\n          - unique: {column_name: 'row(a, b)'}\n";
        String before = merge(EDITED, claim("text"))
                .text()
                .replace("      - name: hand_made\n", dropped + "      - name: hand_made\n");

        SourcesMerge.Merged merged = merge(before, claim("text"));

        assertThat(merged.changes()).singleElement().asString().startsWith("= dropped: ");
        assertThat(merged.text()).isEqualTo(before);
    }

    static Stream<Arguments> columns() {
        return Stream.of(
                Arguments.of("  - name: a\n", "-"),
                Arguments.of("  - name: a   # asked for by Anna\n", "="),
                Arguments.of("  # asked for by Anna\n  - name: a\n", "="),
                Arguments.of("  - name: a\n    # asked for by Anna\n    data_type: int\n", "="),
                Arguments.of("  - name: 'a # b'\n", "-"));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void whatHasACommentIsNotRemoved(String column, String sign) throws IOException {
        String dropped =
                "      - name: dropped\n        config: {meta: {postgres_loader: {load: auto}}}\n        columns:\n"
                        + column.indent(8);
        String before = merge(EDITED, claim("text"))
                .text()
                .replace("      - name: hand_made\n", dropped + "      - name: hand_made\n");

        SourcesMerge.Merged merged = merge(before, claim("text"));

        assertThat(merged.changes()).singleElement().asString().startsWith(sign + " dropped: ");
        assertThat(merged.text()).isEqualTo(sign.equals("-") ? before.replace(dropped, "") : before);
    }

    @Test
    void commentsStayWhereOwnedEntriesChange() throws IOException {
        String before = EDITED.replace(
                        "postgres_loader: {load: auto}",
                        "postgres_loader:\n              load: auto   # Anna: why?\n              gone: 1")
                .replace("          tags:", "          loaded_at_field: x   # by Ben\n          tags:");

        SourcesMerge.Merged merged = merge(before, claim("text"));

        assertThat(merged.text())
                .contains("load: incremental   # Anna: why?\n", "# by Ben\n")
                .doesNotContain("gone: 1", "loaded_at_field");
        assertThat(merge(merged.text(), claim("text")).changes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"{warn_after: {count: 3}}, -", "{warn_after: {count: 4}}, =", "{}, =", "null, ="})
    void aTableWithThresholdsOfAUserIsNotRemoved(String freshness, String sign) throws IOException {
        String dropped = "      - name: dropped\n        config: {freshness: " + freshness
                + ", meta: {postgres_loader: {schedule: 1h, reconcile: 24h}}}\n";
        String before = merge(EDITED, claim("text"))
                .text()
                .replace("      - name: hand_made\n", dropped + "      - name: hand_made\n");

        assertThat(merge(before, claim("text")).changes())
                .singleElement()
                .asString()
                .startsWith(sign + " dropped: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: [|sources.yml:1: file: invalid YAML",
                "- a|sources.yml:1: file: no mapping; a file of dbt properties",
                "sources: 7|sources.yml:1: sources: no list; a list, each element with a name",
                "sources: [{nam: raw}]|sources.yml:1: sources: an element without a name",
                "sources: [{name: raw, tables: [{name: a}, {name: a}]}]|sources.yml:1: tables: two elements with the name a",
                "sources: [{name: raw, tables: [{name: claim, columns: 3}]}]|sources.yml:1: claim.columns: no list"
            })
    void anotherStructureIsNamedWithItsLine(String text, String problem) {
        assertThatThrownBy(() -> merge(text, claim("text")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void charactersOutsideOfTheFirstPlaneAreCountedRightly() throws IOException {
        String before =
                "# \uD83E\uDDB7\uD83E\uDDB7\nsources:\n  - name: raw # \uD83E\uDDB7\n    schema: old\n    tables:\n";

        assertThat(merge(before, claim("text")).text())
                .startsWith("# \uD83E\uDDB7\uD83E\uDDB7\nsources:\n  - name: raw # \uD83E\uDDB7\n    schema: raw\n"
                        + "    tables:\n      - name: claim\n");
    }

    private static Map<String, Object> keyOfAAndC() {
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("name", "claim");
        table.put(
                "data_tests",
                List.of(Map.of("unique", Map.of("arguments", Map.of("column_name", "row(\"A\", \"C\")::text")))));
        table.put("columns", List.of(column("A", "text")));
        return table;
    }

    private SourcesMerge.Merged merge(String before, List<Map<String, Object>> tables) throws IOException {
        return SourcesMerge.merge(read(before), generated(tables, true));
    }

    private PropertiesText read(String text) throws IOException {
        return PropertiesText.read(Files.writeString(directory.resolve("sources.yml"), text));
    }

    private static Generated generated(List<Map<String, Object>> tables, boolean whole) {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("name", "raw");
        source.put("schema", "raw");
        source.put("tables", tables);
        return new Generated(Map.of("sources", List.of(source)), Set.of("claim", "fee"), whole, THRESHOLDS);
    }

    private static List<Map<String, Object>> claim(String typeOfNote) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("loaded_at_query", "select 2");
        Map<String, Object> age = new LinkedHashMap<>();
        age.put("count", 3);
        age.put("period", "hour");
        config.put("freshness", Map.of("warn_after", age));
        config.put("meta", Map.of("postgres_loader", Map.of("load", "incremental")));
        Map<String, Object> key = column("ClaimNum", "bigint");
        key.put("data_tests", List.of("unique", "not_null"));
        Map<String, Object> note = column("Note", typeOfNote);
        note.put("data_tests", List.of("not_null"));
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("name", "claim");
        table.put("description", "from the source");
        table.put("config", config);
        table.put("columns", List.of(key, note, column("New", "date")));
        return List.of(table);
    }

    private static Map<String, Object> column(String name, String type) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("name", name);
        column.put("data_type", type);
        column.put("quote", true);
        return column;
    }
}
