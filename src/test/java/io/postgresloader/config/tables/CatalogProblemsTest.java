package io.postgresloader.config.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.ConfigFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way a {@code tables.yml} can be wrong, with the whole message. */
class CatalogProblemsTest {
    private static final String TABLE_KEYS = "primary_key, incremental_columns, incremental_strategy, "
            + "column_priorities, data_quality_filters, schedule, load, lookback, skip_unchanged, reconcile, quiet_hours, deletes, "
            + "max_delete_fraction, max_dead_letter_fraction, column_types, exclude_columns, purge_excluded, loaded_at_column, column_policies, nul_characters, invalid_text, zero_dates, tinyint1, time, timestamps, "
            + "extraction_strategy, primary_incremental_column";
    private static final String STAMP =
            "expected a column name of letters, digits and _ that is not _deleted_at or a" + " system column, or off";
    private static final String FRACTION = "expected a fraction from 0 to 1 such as 0.05, or a percentage such as 5%";
    private static final String HOURS = "expected a period on the source's clock such as 07:00-19:00, or off";
    private static final String POLICIES = "nul_characters, invalid_text, zero_dates, tinyint1, time, timestamps";
    private static final String DEFAULT_KEYS = "incremental_strategy, data_quality_filters, schedule, load, lookback, "
            + "skip_unchanged, reconcile, quiet_hours, deletes, max_delete_fraction, max_dead_letter_fraction, purge_excluded, loaded_at_column, nul_characters, invalid_text, zero_dates, tinyint1, time, timestamps";
    private static final String TIME = "expected a duration such as 30s, 5m, 24h, 1d or PT5M, at most 3650d";
    private static final String DAY = "expected a day such as 2000-01-01";
    private static final String STRATEGIES = "allowed: or_logic, and_logic, single_column, none";
    private static final String NEVER_OFF = "set a duration such as 24h, or use or_logic: and_logic misses rows whose "
            + "columns change at different times, and only reconcile finds them";

    @TempDir
    Path directory;

    /** A file, and what is said about it after the file's name. */
    record Case(String text, String... messages) {
        @Override
        public String toString() {
            return text.replace("\n", "⏎");
        }
    }

    static Stream<Case> files() {
        return Stream.of(
                new Case("", "1: file: the file is empty; name at least one table"),
                new Case("# nothing\n", "1: file: the file is empty; name at least one table"),
                new Case("{}", "1: file: no table; name at least one table"),
                new Case("defaults: {load: full}", "1: file: no table; name at least one table"),
                new Case("tables: {}", "1: file: no table; name at least one table"),
                new Case("tables:", "1: tables: found an empty value; expected a map of tables to options"),
                new Case("- adjustment", "1: file: found a list; expected a map of tables to options"),
                new Case("\n\nhello", "3: file: found 'hello'; expected a map of tables to options"),
                new Case(
                        "a:\nb: [",
                        "2: file: invalid YAML (expected the node content, but found "
                                + "'<stream end>'); correct the YAML"),
                new Case(
                        "a:\n\tb: 1",
                        "2: file: invalid YAML (found character '\\t(TAB)' that cannot start any "
                                + "token. (Do not use \\t(TAB) for indentation)); correct the YAML"),
                new Case("a: *b", "1: file: invalid YAML (found undefined alias b); correct the YAML"),
                new Case("a:\n---\nb:", "2: file: invalid YAML (but found another document); correct the YAML"),
                new Case("a:\nb: \0", "2: file: YAML does not allow the character U+0000; remove it"),
                new Case(
                        "[a, b]:\n'':\n~:\na:",
                        "1: file: the key is not a name; write NAME: VALUE",
                        "2: file: the key is not a name; write NAME: VALUE",
                        "3: file: the key is not a name; write NAME: VALUE"),
                new Case("a:\nb:\na:", "3: a: defined twice, first in line 1; keep one"),
                new Case(
                        "tables: {a: }\nversion: 2\ntable: {}",
                        "2: version: unknown key next to 'tables:'; move a table below 'tables:'; allowed: tables, "
                                + "defaults, metadata",
                        "3: table: unknown key next to 'tables:'; move a table below 'tables:'; did you mean tables? "
                                + "allowed: tables, defaults, metadata"),
                new Case("a: [b]", "1: a: found a list; expected a map of options, or an empty value"),
                new Case("a: 5m", "1: a: found '5m'; expected a map of options, or an empty value"));
    }

    static Stream<Case> options() {
        return Stream.of(
                option(
                        "incremental_colums: [A]",
                        "incremental_colums: unknown key; did you mean " + "incremental_columns? allowed: "
                                + TABLE_KEYS),
                option("batch: 1", "batch: unknown key; allowed: " + TABLE_KEYS),
                option("load: full\n  load: append", "load: defined twice, first in line 2; " + "keep one", 3),
                option("primary_key: ''", "primary_key: found ''; expected a column or a list of columns"),
                option("primary_key: {a: b}", "primary_key: found a map; expected a column or a list of columns"),
                option("primary_key: []", "primary_key: found an empty list; expected a list of columns"),
                option("primary_key:\n  - A\n  -", "primary_key[1]: found an empty value; expected a column name", 4),
                option("incremental_columns: A", "incremental_columns: found 'A'; expected a list of columns"),
                option("incremental_columns:", "incremental_columns: found an empty value; expected a list of columns"),
                option("incremental_columns: [ ' ' ]", "incremental_columns[0]: found ' '; expected a column name"),
                option("incremental_columns: [[A]]", "incremental_columns[0]: found a list; expected a column name"),
                option(
                        "incremental_columns:\n  - A\n  - a",
                        "incremental_columns[1]: 'a' is listed twice, first in line " + "3; name each column once",
                        4),
                option(
                        "incremental_strategy: xor_logic",
                        "incremental_strategy: found 'xor_logic'; did you mean " + "or_logic? " + STRATEGIES),
                option("incremental_strategy: on", "incremental_strategy: found the boolean 'on'; " + STRATEGIES),
                option(
                        "column_priorities: [A]",
                        "column_priorities: 'A' is not one of incremental_columns; " + "list the columns there first"),
                option(
                        "incremental_columns: [Abc]\n  column_priorities:\n  - Abd",
                        "column_priorities: 'Abd' is not one of incremental_columns; did you mean Abc? allowed: Abc",
                        4),
                option("incremental_columns: &x [*x]", "incremental_columns[0]: found a list; expected a column name"),
                option(
                        "column_types: &x {A: *x}",
                        "column_types.A: found a map; expected a PostgreSQL type such as " + "smallint"),
                option(
                        "load: " + "x".repeat(61),
                        "load: found '" + "x".repeat(60) + "…'; allowed: auto, incremental, full, append"),
                option(
                        "data_quality_filters: 2000",
                        "data_quality_filters: found the number '2000'; expected a map of min_date, max_date"),
                option(
                        "data_quality_filters: {mindate: 1}",
                        "data_quality_filters.mindate: unknown key; did "
                                + "you mean min_date? allowed: min_date, max_date"),
                option(
                        "data_quality_filters: {min_date: 01.02.2000}",
                        "data_quality_filters.min_date: found " + "'01.02.2000'; " + DAY),
                option(
                        "data_quality_filters: {min_date: 2000-02-30}",
                        "data_quality_filters.min_date: found " + "'2000-02-30'; " + DAY),
                option(
                        "data_quality_filters: {max_date: 2000-01-01 10:00:00}",
                        "data_quality_filters.max_date: found " + "'2000-01-01 10:00:00'; " + DAY),
                option(
                        "data_quality_filters: {max_date: }",
                        "data_quality_filters.max_date: found an empty value; " + DAY),
                option(
                        "data_quality_filters: {min_date: 2031-01-01, max_date: 2030-12-31}",
                        "data_quality_filters: "
                                + "min_date 2031-01-01 is after max_date 2030-12-31; set min_date to a day that is not after max_date"),
                option(
                        "data_quality_filters: {max_date: 1999-12-31}",
                        "data_quality_filters: min_date 2000-01-01 is after max_date 1999-12-31; set min_date to a day that is not after max_date"),
                option("nul_characters: drop", "nul_characters: found 'drop'; allowed: reject, strip"),
                option("invalid_text: keep", "invalid_text: found 'keep'; allowed: reject, replace"),
                option(
                        "zero_dates: 2000-02-30",
                        "zero_dates: found '2000-02-30'; expected null, reject, or a day such as 1900-01-01"),
                option(
                        "zero_dates: [x]",
                        "zero_dates: found a list; expected null, reject, or a day such as 1900-01-01"),
                option("tinyint1: bool", "tinyint1: found 'bool'; allowed: smallint, boolean"),
                option("time: 5", "time: found the number '5'; allowed: interval, time"),
                option(
                        "column_policies: [a]",
                        "column_policies: found a list; expected a map, column: {policy: value}"),
                option(
                        "column_policies: {a: {load: full}}",
                        "column_policies.a.load: not allowed in this place; allowed: " + POLICIES),
                option(
                        "column_policies: {a: {zero_date: x}}",
                        "column_policies.a.zero_date: unknown key; did you mean zero_dates? allowed: " + POLICIES),
                option(
                        "column_policies: {a: {}, A: {}}",
                        "column_policies.A: defined twice, first in line 2; keep one"),
                option("exclude_columns: a", "exclude_columns: found 'a'; expected a list of columns"),
                option(
                        "{primary_key: Id, exclude_columns: [ID]}",
                        "exclude_columns.ID: loads need the column 'ID'; remove it from the list: columns of the key and cursor columns cannot be"
                                + " excluded"),
                option("quiet_hours: 7-19", "quiet_hours: found '7-19'; " + HOURS),
                option("quiet_hours: 07:00-24:00", "quiet_hours: found '07:00-24:00'; " + HOURS),
                option("quiet_hours: true", "quiet_hours: found the boolean 'true'; " + HOURS),
                option("max_delete_fraction: 1.5", "max_delete_fraction: found the number '1.5'; " + FRACTION),
                option("max_delete_fraction: 101%", "max_delete_fraction: found '101%'; " + FRACTION),
                option("max_dead_letter_fraction: 2", "max_dead_letter_fraction: found the number '2'; " + FRACTION),
                option("max_delete_fraction: some", "max_delete_fraction: found 'some'; " + FRACTION),
                option("schedule: 5", "schedule: found the number '5'; " + TIME),
                option("schedule: 5 min", "schedule: found '5 min'; " + TIME),
                option("schedule: 0s", "schedule: found '0s'; " + TIME),
                option("schedule: PT-5M", "schedule: found 'PT-5M'; " + TIME),
                option("schedule: 3651d", "schedule: found '3651d'; " + TIME),
                option("schedule: off", "schedule: found the boolean 'off'; " + TIME),
                option("lookback: [5m]", "lookback: found a list; " + TIME),
                option(
                        "load: incrementel",
                        "load: found 'incrementel'; did you mean incremental? allowed: "
                                + "auto, incremental, full, append"),
                option("skip_unchanged: maybe", "skip_unchanged: found 'maybe'; expected true or false"),
                option("reconcile: on", "reconcile: found the boolean 'on'; " + TIME + ", or off"),
                option("reconcile: never", "reconcile: found 'never'; " + TIME + ", or off"),
                option("loaded_at_column: loaded at", "loaded_at_column: found 'loaded at'; " + STAMP),
                option("loaded_at_column: _deleted_at", "loaded_at_column: found '_deleted_at'; " + STAMP),
                option("loaded_at_column: on", "loaded_at_column: found the boolean 'on'; " + STAMP),
                option("deletes: Keep", "deletes: found 'Keep'; allowed: delete, mark, ignore"),
                option(
                        "column_types: [A]",
                        "column_types: found a list; expected a map of columns to PostgreSQL types"),
                option(
                        "column_types: {A: 5}",
                        "column_types.A: found the number '5'; expected a PostgreSQL type such " + "as smallint"),
                option(
                        "column_types: {A: ' '}",
                        "column_types.A: found ' '; expected a PostgreSQL type such as " + "smallint"),
                option("column_types: {A: text, a: text}", "column_types.a: defined twice, first in line 2; keep one"),
                option(
                        "extraction_strategy: small_table",
                        "extraction_strategy: found 'small_table'; allowed: "
                                + "full_table, incremental, incremental_chunked"),
                option(
                        "extraction_strategy:",
                        "extraction_strategy: found an empty value; allowed: full_table, "
                                + "incremental, incremental_chunked"),
                option(
                        "primary_incremental_column: [A]",
                        "primary_incremental_column: found a list; expected a column name"),
                option(
                        "incremental_strategy: and_logic\n  reconcile: off",
                        "reconcile: reconcile is off together with and_logic; " + NEVER_OFF,
                        3));
    }

    static Stream<Case> filesWithDefaults() {
        return Stream.of(
                new Case(
                        "a:\ndefaults: {primary_key: A}",
                        "2: defaults.primary_key: not allowed in this place; allowed: " + DEFAULT_KEYS),
                new Case(
                        "a:\ndefaults: {shedule: 5m}",
                        "2: defaults.shedule: unknown key; did you mean " + "schedule? allowed: " + DEFAULT_KEYS),
                new Case("a:\ndefaults: 5m", "2: defaults: found '5m'; expected a map of options, or an empty value"),
                new Case(
                        "defaults: {data_quality_filters: {max_date: 1990-01-01}}\na:\nb:",
                        "1: "
                                + "defaults.data_quality_filters: min_date 2000-01-01 is after max_date 1990-01-01; "
                                + "set min_date to a day that is not after max_date"),
                new Case(
                        "defaults: {data_quality_filters: {max_date: 2010-01-01}}\na:\n"
                                + "b: {data_quality_filters: {min_date: 2011-01-01}}",
                        "3: b.data_quality_filters: min_date 2011-01-01 is after max_date 2010-01-01; set min_date to a day that is not after max_date"),
                new Case(
                        "defaults: {reconcile: off}\na:\nb:\n  incremental_strategy: and_logic",
                        "4: " + "b.incremental_strategy: reconcile is off together with and_logic; " + NEVER_OFF),
                new Case(
                        "defaults: {reconcile: off, incremental_strategy: and_logic}\na:\nb:",
                        "1: " + "defaults.reconcile: reconcile is off together with and_logic; " + NEVER_OFF),
                new Case(
                        "b: {load: al}\na:\n  reconcile: 0m\n  deletes: [x]\n\ndefaults:\n  load: 1",
                        "1: b.load: found 'al'; allowed: auto, incremental, full, append",
                        "3: a.reconcile: found '0m'; " + TIME + ", or off",
                        "4: a.deletes: found a list; allowed: delete, mark, ignore",
                        "7: defaults.load: found the number '1'; allowed: auto, incremental, full, append"));
    }

    private static Case option(String option, String message) {
        return option(option, message, 2);
    }

    private static Case option(String option, String message, int line) {
        return new Case("t:\n  " + option, line + ": t." + message);
    }

    @ParameterizedTest
    @MethodSource({"files", "options", "filesWithDefaults"})
    void everyProblemIsNamedWithItsLine(Case wrong) {
        Path file = ConfigFiles.write(directory, "tables.yml", wrong.text());
        assertThat(ConfigFiles.problems(directory, () -> CatalogReader.read(file)))
                .isEqualTo(
                        Stream.of(wrong.messages()).map(m -> "tables.yml:" + m).toList());
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        Path latin = ConfigFiles.write(directory, "latin.yml", "a:\nb: ä".getBytes(StandardCharsets.ISO_8859_1));
        Path half = ConfigFiles.write(directory, "half.yml", new byte[] {'a', ':', '\n', '\n', (byte) 0xC3});
        Path deep = ConfigFiles.write(directory, "deep.yml", "a: " + "[".repeat(60));
        record Unreadable(Path file, String message) {}
        for (Unreadable wrong : List.of(
                new Unreadable(
                        directory.resolve("none.yml"), "none.yml: file: no such file; create it or name another file"),
                new Unreadable(directory, directory + ": file: the path is a directory; name a file"),
                new Unreadable(latin, "latin.yml:2: file: not valid UTF-8; save the file as UTF-8"),
                new Unreadable(deep, "deep.yml: file: invalid YAML (Nesting Depth exceeded max 50); correct the YAML"),
                new Unreadable(half, "half.yml:3: file: not valid UTF-8; save the file as UTF-8"))) {
            assertThat(ConfigFiles.problems(directory, () -> CatalogReader.read(wrong.file())))
                    .containsExactly(wrong.message());
        }
    }
}
