package io.postgresloader.config.tables;

import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.ValuePolicies;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Every key of a table, in lower case in the file: where it is allowed, the type of its value, the field that the value
 * sets, and the text by which an editor explains it. A new option is one constant here and one line in {@link
 * TableAssembler}.
 */
enum OptionKey {
    PRIMARY_KEY(
            Scope.TABLE,
            ValueType.KEY,
            (d, v) -> d.primaryKey = v,
            "Column or columns that identify a row",
            "They must be unique and not null. Without it: the key that the source declares."),
    INCREMENTAL_COLUMNS(
            Scope.TABLE,
            ValueType.COLUMNS,
            (d, v) -> d.incrementalColumns = v,
            "Columns that show a change, most reliable first",
            "A load also reads rows with new integer keys, regardless of their dates. A table without such a column is"
                    + " loaded by new keys only, or in full; see load."),
    INCREMENTAL_STRATEGY(
            Scope.FILE,
            ValueType.choice(IncrementalStrategy.class),
            (d, v) -> d.strategy = v,
            "How the conditions on the incremental columns are combined",
            "or_logic: a row is read when any of them moved. and_logic: when all of them moved; it misses rows whose"
                    + " columns change at different times, so reconcile cannot be off. single_column and none come"
                    + " from the older generator: only the first column, or no column.",
            "or_logic"),
    COLUMN_PRIORITIES(
            Scope.TABLE,
            ValueType.COLUMNS,
            (d, v) -> d.columnPriorities = v,
            "Another order for incremental_columns",
            "Each must be one of incremental_columns; the columns not listed here follow in their own order."),
    DATA_QUALITY_FILTERS(
            Scope.FILE,
            ValueType.DATE_BOUNDS,
            (d, v) -> v.into(d),
            "The range of valid days in incremental columns",
            "A date outside the range does not move a watermark; no row is lost. Without min_date: 2000-01-01."
                    + " Without max_date: one year after the source's clock."),
    SCHEDULE(
            Scope.FILE,
            ValueType.DURATION,
            (d, v) -> d.schedule = v,
            "Time between two loads of the table",
            "A number with s, m, h or d, such as 30s, or ISO 8601; at most 3650d.",
            "5m"),
    LOAD(
            Scope.FILE,
            ValueType.choice(LoadMode.class),
            (d, v) -> d.load = v,
            "What each load reads after the first",
            "auto: by the incremental columns, else by the source's own edit timestamp (ON UPDATE), else the whole"
                    + " table if it is small, else by new keys. incremental: rows whose columns moved, and new"
                    + " keys. full: all rows; only those that differ are written. append: new keys only.",
            "auto"),
    LOOKBACK(
            Scope.FILE,
            ValueType.DURATION,
            (d, v) -> d.lookback = v,
            "How far below its watermark a load reads again",
            "For transactions that committed late. A number with s, m, h or d, or ISO 8601; at most 3650d.",
            "5m"),
    SKIP_UNCHANGED(
            Scope.FILE,
            ValueType.BOOL,
            (d, v) -> d.skipUnchanged = v,
            "Skip a load when the source says that the table did not change",
            "By the update time in the source's information_schema.tables.",
            true),
    RECONCILE(
            Scope.FILE,
            ValueType.DURATION_OR_OFF,
            (d, v) -> d.reconcile = v,
            "Time between two comparisons of the whole table, or off",
            "A comparison repairs what it finds. It runs earlier when the source reports a change that loads cannot"
                    + " find. A number with s, m, h or d, or ISO 8601; at most 3650d.",
            "24h"),
    QUIET_HOURS(
            Scope.FILE,
            ValueType.QUIET_HOURS,
            (d, v) -> d.quietHours = v,
            "Period in which no reconcile starts, or off",
            "A period of the day on the source's clock, which may pass midnight: 07:00-19:00.",
            "off"),
    DELETES(
            Scope.FILE,
            ValueType.choice(DeletePolicy.class),
            (d, v) -> d.deletes = v,
            "What happens to rows that were deleted in the source",
            "A comparison finds them. delete: they are deleted. mark: they stay, with the time in _deleted_at."
                    + " ignore: they stay unchanged.",
            "delete"),
    MAX_DELETE_FRACTION(
            Scope.FILE,
            ValueType.FRACTION,
            (d, v) -> d.maxDeleteFraction = v,
            "Delete limit: fraction of a table's rows that a reconcile may delete",
            "From 0 to 1, or from 0% to 100%. Up to 100 rows are always deleted. Only verify --repair"
                    + " --force-deletes deletes more rows than the limit, or rows that a damaged table may have lost.",
            "5%"),
    MAX_DEAD_LETTER_FRACTION(
            Scope.FILE,
            ValueType.FRACTION,
            (d, v) -> d.maxDeadLetterFraction = v,
            "Dead letter limit: fraction of a load's rows that may become dead letters before the load stops",
            "From 0 to 1, or from 0% to 100%. A load never stops for 20 dead letters or fewer, a repair never for"
                    + " 1,000 or fewer.",
            "10%"),
    COLUMN_TYPES(
            Scope.TABLE,
            ValueType.TYPES,
            (d, v) -> d.columnTypes = v,
            "PostgreSQL types of columns, instead of the default ones",
            "For a table that the loader creates, and for columns that it adds to a table."),
    EXCLUDE_COLUMNS(
            Scope.TABLE,
            ValueType.COLUMNS,
            (d, v) -> d.excludeColumns = v,
            "Columns that are not loaded",
            "Columns of the key and incremental columns cannot be excluded."),
    PURGE_EXCLUDED(
            Scope.FILE,
            ValueType.BOOL,
            (d, v) -> d.purgeExcluded = v,
            "Remove the values of excluded columns from the target",
            "true: the next load sets the columns of exclude_columns to NULL in all rows of the target, and counts the"
                    + " values. The columns stay, so that views on them work.",
            false),
    LOADED_AT_COLUMN(
            Scope.FILE,
            ValueType.STAMP_COLUMN,
            (d, v) -> d.loadedAtColumn = v,
            "Column in which each row has the time at which it was written, or off",
            "A name in the target, which the source must not have. If set, tables that exist get the column, too."
                    + " Without it: _loaded_at in tables that the loader creates. off: no row is stamped, and deleted"
                    + " rows are not listed."),
    COLUMN_POLICIES(
            Scope.TABLE,
            ValueType.POLICIES,
            (d, v) -> d.columnPolicies = v,
            "How single columns treat values that PostgreSQL cannot store",
            "Column: {policy: value}; the policies are nul_characters, invalid_text, zero_dates, tinyint1, time,"
                    + " timestamps."),
    NUL_CHARACTERS(
            Scope.COLUMN,
            ValueType.choice(ValuePolicies.NulCharacters.class),
            (d, v) -> d.nulCharacters = v,
            "Texts with a NUL character, which PostgreSQL cannot store",
            "reject: the row becomes a dead letter. strip: the text is stored without it.",
            "reject"),
    INVALID_TEXT(
            Scope.COLUMN,
            ValueType.choice(ValuePolicies.InvalidText.class),
            (d, v) -> d.invalidText = v,
            "Bytes that are not valid in the column's character set",
            "reject: the row becomes a dead letter. replace: U+FFFD replaces each invalid sequence.",
            "reject"),
    ZERO_DATES(
            Scope.COLUMN,
            ValueType.ZERO_DATES,
            (d, v) -> d.zeroDates = v,
            "What the date 0000-00-00 becomes",
            "null, a day such as 1900-01-01, or reject: the row becomes a dead letter.",
            "null"),
    TINYINT1(
            Scope.COLUMN,
            ValueType.choice(ValuePolicies.Tinyint1.class),
            (d, v) -> d.tinyint1 = v,
            "The type that tinyint(1) becomes in a table that the loader creates",
            "boolean: 0 and 1 become false and true; rows with other numbers become dead letters.",
            "smallint"),
    TIME(
            Scope.COLUMN,
            ValueType.choice(ValuePolicies.Time.class),
            (d, v) -> d.time = v,
            "The type that time becomes in a table that the loader creates",
            "time: rows with a value outside of a day become dead letters.",
            "interval"),
    TIMESTAMPS(
            Scope.COLUMN,
            ValueType.choice(ValuePolicies.Timestamps.class),
            (d, v) -> d.timestamps = v,
            "The clock in which values of the type timestamp are stored",
            "utc: the instant in UTC. local: the wall clock of the setting source.time_zone; not for columns of a"
                    + " unique key. Without it: the clock of the values that the table has, and utc for a table that the"
                    + " loader creates. A timestamp with time zone is an instant in any case."),
    EXTRACTION_STRATEGY(
            Scope.TABLE,
            ValueType.choice(ExtractionStrategy.class),
            (d, v) -> d.extraction = v,
            "From the older generator; use load instead",
            "full_table: load: full. incremental, incremental_chunked: load: incremental. If load is set too,"
                    + " load applies. In a table with this key, a key without a value counts as absent."),
    PRIMARY_INCREMENTAL_COLUMN(
            Scope.TABLE,
            ValueType.COLUMN_OR_NONE,
            (d, v) -> d.primaryIncrementalColumn = v.orElse(null),
            "From the older generator; list it first in incremental_columns instead",
            "It is the first incremental column unless column_priorities is set. none: no such column.");

    /** Where a key is allowed. Each scope is allowed in more places than the one before it. */
    enum Scope {
        TABLE,
        /** In {@code defaults:} too. */
        FILE,
        /** Below a column of {@code column_policies:} too. */
        COLUMN
    }

    private interface Parser {
        void read(YamlValue value, OptionDraft draft, ParseContext context);
    }

    private final Scope scope;
    private final Parser parser;
    private final Map<String, Object> schema;

    /**
     * @param into puts the value into the draft
     * @param title one line without a full stop
     * @param description whole sentences: values, units, limits
     * @param standard the value where neither the table nor {@code defaults:} sets one; none: see the description
     */
    <T> OptionKey(
            Scope scope,
            ValueType<T> type,
            BiConsumer<OptionDraft, T> into,
            String title,
            String description,
            Object... standard) {
        this.scope = scope;
        this.parser = (value, draft, context) -> into.accept(draft, type.read(value, context));
        this.schema = type.schema(title, description, standard);
    }

    static Optional<OptionKey> of(String text) {
        return Arrays.stream(values()).filter(k -> k.text().equals(text)).findFirst();
    }

    /** The keys that are allowed in a place. */
    static List<OptionKey> in(Scope place) {
        return Arrays.stream(values())
                .filter(k -> k.scope.compareTo(place) >= 0)
                .toList();
    }

    static List<String> namesIn(Scope place) {
        return in(place).stream().map(OptionKey::text).toList();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a value into the draft; records a problem in the context if the value is not valid. */
    void read(YamlValue value, OptionDraft draft, ParseContext context) {
        parser.read(value, draft, context);
    }

    /** The JSON Schema of the value, with the title and the description. */
    Map<String, Object> schema() {
        return schema;
    }
}
