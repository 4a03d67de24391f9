package io.postgresloader.config.tables;

import java.util.List;
import java.util.stream.Stream;

/**
 * Values of an option as a table list has them.
 *
 * @param taken valid when the entry has no other option
 * @param refused not valid, whatever else the entry has
 */
record OptionInputs(List<String> taken, List<String> refused) {

    static OptionInputs of(OptionKey key) {
        List<String> durations = List.of("30s", "5m", "24h", "3650d", "PT5M", "pt1h30m", "P1DT2H", "PT0.5S", "'5m'");
        List<String> noDurations = List.of(
                "", "5", "5 min", "5w", "0s", "PT0S", "P", "PT", "soon", "[5m]", "{}", "true", "on", "1h30m", "-5m");
        List<String> offs = List.of("off", "Off", "OFF", "no", "false", "'off'");
        List<String> names = List.of("[A]", "[A, b_2, 'C D']", "[yes, 7, 2020-01-01, null_]");
        List<String> noNames =
                List.of("A", "''", "[]", "{}", "[[A]]", "[{}]", "[' ']", "[null]", "[A, ~]", "[A, A]", "5");
        List<String> policyMistakes = List.of("", "[]", "{}", "5", "true", "Reject", "rejected");
        return switch (key) {
            case PRIMARY_KEY -> new OptionInputs(
                    with(names, "Id", "7", "yes", "", "~"), List.of("''", "' '", "[]", "{}", "[~]", "[[A]]", "[A, A]"));
            case INCREMENTAL_COLUMNS, EXCLUDE_COLUMNS -> new OptionInputs(names, with(noNames, ""));
                // What it names has to be in incremental_columns; see the rules that the schema does not know.
            case COLUMN_PRIORITIES -> new OptionInputs(List.of(), with(noNames, ""));
            case INCREMENTAL_STRATEGY -> new OptionInputs(
                    List.of("or_logic", "and_logic", "single_column", "none", "'or_logic'"),
                    List.of("", "or", "OR_LOGIC", "[or_logic]", "on", "1"));
            case DATA_QUALITY_FILTERS -> new OptionInputs(
                    List.of("{}", "{min_date: 2001-02-03}", "{min_date: '2001-02-03', max_date: 2030-12-31}"),
                    List.of(
                            "",
                            "[]",
                            "2000-01-01",
                            "{mindate: 2000-01-01}",
                            "{batch_size: 1}",
                            "{min_date: }",
                            "{min_date: 2000}",
                            "{min_date: 2000-1-1}",
                            "{min_date: 0000-00-00}",
                            "{min_date: 2000-13-01}",
                            "{min_date: 2000-02-30}",
                            "{max_date: '2030-01-01 00:00:00'}",
                            "{max_date: [2030-01-01]}"));
            case SCHEDULE, LOOKBACK -> new OptionInputs(durations, with(noDurations, "off", "no", "false"));
            case RECONCILE -> new OptionInputs(with(durations, offs), noDurations);
            case LOAD -> new OptionInputs(
                    List.of("auto", "incremental", "full", "append"), List.of("", "Full", "all", "[full]", "1", "{}"));
            case PURGE_EXCLUDED -> new OptionInputs(
                    List.of("true", "True", "false", "yes", "YES", "no", "on", "Off"),
                    List.of("", "maybe", "1", "0", "[true]", "{}", "tRue", "y"));
            case SKIP_UNCHANGED -> new OptionInputs(
                    List.of("true", "True", "false", "yes", "YES", "no", "on", "Off"),
                    List.of("", "maybe", "1", "0", "[true]", "{}", "tRue", "y"));
            case QUIET_HOURS -> new OptionInputs(
                    with(offs, "07:00-19:00", "'22:00-06:00'", "00:00-23:59"),
                    List.of("", "7-19", "7:00-19:00", "07:00-24:00", "07:00", "on", "true", "[off]", "07:60-08:00"));
            case LOADED_AT_COLUMN -> new OptionInputs(
                    List.of("_loaded_at", "off", "Off", "no", "false", "'off'", "WrittenAt", "a1", "a".repeat(63)),
                    List.of(
                            "",
                            "~",
                            "''",
                            "on",
                            "yes",
                            "true",
                            "5",
                            "[_loaded_at]",
                            "{}",
                            "loaded at",
                            "loaded-at",
                            "1a",
                            "ctid",
                            "_deleted_at",
                            "a".repeat(64)));
            case DELETES -> new OptionInputs(
                    List.of("delete", "mark", "ignore"), List.of("", "Keep", "MARK", "no", "[mark]"));
            case MAX_DELETE_FRACTION, MAX_DEAD_LETTER_FRACTION -> new OptionInputs(
                    List.of("0", "1", "0.05", "1.0", "'0.5'", "0%", "5%", "5 %", "12.5%", "100%", "100.00%", "099.9%"),
                    List.of(
                            "",
                            "2",
                            "1.5",
                            "-1",
                            "1.000001",
                            "101%",
                            "100.1%",
                            "200%",
                            "'1.01'",
                            "some",
                            "'%'",
                            "5 percent",
                            "[1]",
                            "true",
                            ".5%",
                            "0.1234567%"));
            case COLUMN_TYPES -> new OptionInputs(
                    List.of("{}", "{A: smallint}", "{A: 'numeric(10,2)', 7: text}", "{A: ' text '}"),
                    List.of(
                            "",
                            "smallint",
                            "[A]",
                            "{A: }",
                            "{A: 5}",
                            "{A: ' '}",
                            "{A: [text]}",
                            "{A: {}}",
                            "{A: true}"));
            case COLUMN_POLICIES -> new OptionInputs(
                    List.of("{}", "{a: }", "{a: {}}", "{a: {time: time}, b: {batch_size: 1}}"),
                    List.of("", "[a]", "a", "{a: strip}", "{a: [strip]}", "{a: {zero_date: null}}", "{'': {}}"));
            case NUL_CHARACTERS -> new OptionInputs(List.of("reject", "strip"), with(policyMistakes, "replace"));
            case INVALID_TEXT -> new OptionInputs(List.of("reject", "replace"), with(policyMistakes, "strip"));
            case ZERO_DATES -> new OptionInputs(
                    List.of("", "null", "'null'", "~", "reject", "1900-01-01", "'1900-01-01'"),
                    List.of("''", "[]", "{}", "5", "true", "Reject", "0000-00-00", "1900-02-30", "[null]"));
            case TINYINT1 -> new OptionInputs(List.of("smallint", "boolean"), with(policyMistakes, "bool"));
            case TIME -> new OptionInputs(List.of("interval", "time"), with(policyMistakes, "00:00"));
            case TIMESTAMPS -> new OptionInputs(List.of("utc", "local"), with(policyMistakes, "UTC"));
            case EXTRACTION_STRATEGY -> new OptionInputs(
                    List.of("full_table", "incremental", "incremental_chunked"),
                    List.of("", "~", "''", "[]", "small_table", "[incremental]", "5"));
            case PRIMARY_INCREMENTAL_COLUMN -> new OptionInputs(
                    List.of("A", "none", "", "~", "7"), List.of("''", "[A]", "[]", "{}", "' '"));
        };
    }

    private static List<String> with(List<String> some, String... others) {
        return with(some, List.of(others));
    }

    static List<String> with(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
