package io.postgresloader.config;

import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.ValuePolicies;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every key of a table with how it is read: a new key is one line here and one where the options are put together. */
enum OptionKey {
    PRIMARY_KEY(
            "primary_key", Scope.TABLE, (v, d, r) -> d.primaryKey = v.isNull() ? null : ColumnNames.oneOrMore(v, r)),
    INCREMENTAL_COLUMNS("incremental_columns", Scope.TABLE, (v, d, r) -> d.incrementalColumns = ColumnNames.list(v, r)),
    INCREMENTAL_STRATEGY(
            "incremental_strategy",
            Scope.FILE,
            (v, d, r) -> d.strategy = Values.choice(v, IncrementalStrategy.class, r)),
    COLUMN_PRIORITIES("column_priorities", Scope.TABLE, (v, d, r) -> d.columnPriorities = ColumnNames.list(v, r)),
    DATA_QUALITY_FILTERS("data_quality_filters", Scope.FILE, DateFilters::read),
    SCHEDULE("schedule", Scope.FILE, (v, d, r) -> d.schedule = Values.duration(v, r)),
    LOAD("load", Scope.FILE, (v, d, r) -> d.load = Values.choice(v, LoadMode.class, r)),
    LOOKBACK("lookback", Scope.FILE, (v, d, r) -> d.lookback = Values.duration(v, r)),
    SKIP_UNCHANGED("skip_unchanged", Scope.FILE, (v, d, r) -> d.skipUnchanged = Values.bool(v, r)),
    RECONCILE("reconcile", Scope.FILE, (v, d, r) -> d.reconcile = Values.durationOrOff(v, r)),
    QUIET_HOURS("quiet_hours", Scope.FILE, (v, d, r) -> d.quietHours = Values.quietHours(v, r)),
    DELETES("deletes", Scope.FILE, (v, d, r) -> d.deletes = Values.choice(v, DeletePolicy.class, r)),
    MAX_DELETE_FRACTION("max_delete_fraction", Scope.FILE, (v, d, r) -> d.maxDeleteFraction = Values.fraction(v, r)),
    COLUMN_TYPES("column_types", Scope.TABLE, (v, d, r) -> d.columnTypes = ColumnNames.types(v, r)),
    EXCLUDE_COLUMNS("exclude_columns", Scope.TABLE, (v, d, r) -> d.excludeColumns = ColumnNames.list(v, r)),
    COLUMN_POLICIES("column_policies", Scope.TABLE, (v, d, r) -> d.columnPolicies = OptionReader.columns(v, r)),
    NUL_CHARACTERS(
            "nul_characters",
            Scope.COLUMN,
            (v, d, r) -> d.nulCharacters = Values.choice(v, ValuePolicies.NulCharacters.class, r)),
    INVALID_TEXT(
            "invalid_text",
            Scope.COLUMN,
            (v, d, r) -> d.invalidText = Values.choice(v, ValuePolicies.InvalidText.class, r)),
    ZERO_DATES("zero_dates", Scope.COLUMN, (v, d, r) -> d.zeroDates = Values.zeroDates(v, r)),
    TINYINT1("tinyint1", Scope.COLUMN, (v, d, r) -> d.tinyint1 = Values.choice(v, ValuePolicies.Tinyint1.class, r)),
    TIME("time", Scope.COLUMN, (v, d, r) -> d.time = Values.choice(v, ValuePolicies.Time.class, r)),
    EXTRACTION_STRATEGY(
            "extraction_strategy",
            Scope.TABLE,
            (v, d, r) -> d.extraction = Values.choice(v, ExtractionStrategy.class, r)),
    PRIMARY_INCREMENTAL_COLUMN(
            "primary_incremental_column",
            Scope.TABLE,
            (v, d, r) -> d.primaryIncrementalColumn = saysNone(v) ? null : ColumnNames.one(v, r));

    /** Reads a value into the draft; what is wrong with it goes to the reading's problems. */
    interface Parser {
        void read(YamlValue value, OptionDraft draft, Reading reading);
    }

    /** Where a key may stand; each place includes the ones before it. */
    private enum Scope {
        TABLE,
        /** In {@code defaults:} too. */
        FILE,
        /** Below a column of {@code column_policies:} too. */
        COLUMN
    }

    private final String text;
    private final Scope scope;
    private final Parser parser;

    OptionKey(String text, Scope scope, Parser parser) {
        this.text = text;
        this.scope = scope;
        this.parser = parser;
    }

    static Optional<OptionKey> of(String text) {
        return Arrays.stream(values()).filter(k -> k.text.equals(text)).findFirst();
    }

    static List<String> namesInTables() {
        return Arrays.stream(values()).map(k -> k.text).toList();
    }

    static List<String> namesInDefaults() {
        return names(Scope.FILE);
    }

    static List<String> namesInColumns() {
        return names(Scope.COLUMN);
    }

    private static List<String> names(Scope least) {
        return Arrays.stream(values())
                .filter(k -> k.scope.compareTo(least) >= 0)
                .map(k -> k.text)
                .toList();
    }

    void read(YamlValue value, OptionDraft draft, Reading reading) {
        parser.read(value, draft, reading);
    }

    /** The older generator wrote the word where a table had no such column. */
    private static boolean saysNone(YamlValue value) {
        return value.isNull() || value.text().filter("none"::equals).isPresent();
    }
}
