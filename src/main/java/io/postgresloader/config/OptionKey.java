package io.postgresloader.config;

import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.LoadMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every key of a table with how it is read: a new key is one line here and one where the options are put together. */
enum OptionKey {
    PRIMARY_KEY("primary_key", false, (v, d, r) -> d.primaryKey = v.isNull() ? null : ColumnNames.oneOrMore(v, r)),
    INCREMENTAL_COLUMNS("incremental_columns", false, (v, d, r) -> d.incrementalColumns = ColumnNames.list(v, r)),
    INCREMENTAL_STRATEGY(
            "incremental_strategy", true, (v, d, r) -> d.strategy = Values.choice(v, IncrementalStrategy.class, r)),
    COLUMN_PRIORITIES("column_priorities", false, (v, d, r) -> d.columnPriorities = ColumnNames.list(v, r)),
    DATA_QUALITY_FILTERS("data_quality_filters", true, DateFilters::read),
    SCHEDULE("schedule", true, (v, d, r) -> d.schedule = Values.duration(v, r)),
    LOAD("load", true, (v, d, r) -> d.load = Values.choice(v, LoadMode.class, r)),
    LOOKBACK("lookback", true, (v, d, r) -> d.lookback = Values.duration(v, r)),
    SKIP_UNCHANGED("skip_unchanged", true, (v, d, r) -> d.skipUnchanged = Values.bool(v, r)),
    RECONCILE("reconcile", true, (v, d, r) -> d.reconcile = Values.durationOrOff(v, r)),
    DELETES("deletes", true, (v, d, r) -> d.deletes = Values.choice(v, DeletePolicy.class, r)),
    COLUMN_TYPES("column_types", false, (v, d, r) -> d.columnTypes = ColumnNames.types(v, r)),
    EXTRACTION_STRATEGY(
            "extraction_strategy", false, (v, d, r) -> d.extraction = Values.choice(v, ExtractionStrategy.class, r)),
    PRIMARY_INCREMENTAL_COLUMN(
            "primary_incremental_column",
            false,
            (v, d, r) -> d.primaryIncrementalColumn = saysNone(v) ? null : ColumnNames.one(v, r));

    /** Reads a value into the draft; what is wrong with it goes to the reading's problems. */
    interface Parser {
        void read(YamlValue value, OptionDraft draft, Reading reading);
    }

    private final String text;
    private final boolean inDefaults;
    private final Parser parser;

    OptionKey(String text, boolean inDefaults, Parser parser) {
        this.text = text;
        this.inDefaults = inDefaults;
        this.parser = parser;
    }

    static Optional<OptionKey> of(String text) {
        return Arrays.stream(values()).filter(k -> k.text.equals(text)).findFirst();
    }

    static List<String> namesInTables() {
        return Arrays.stream(values()).map(k -> k.text).toList();
    }

    static List<String> namesInDefaults() {
        return Arrays.stream(values())
                .filter(k -> k.inDefaults)
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
