package io.postgresloader.config.tables;

import static io.postgresloader.config.tables.JsonSchema.anyOf;
import static io.postgresloader.config.tables.JsonSchema.object;
import static io.postgresloader.config.tables.JsonSchema.text;

import io.postgresloader.config.Durations;
import io.postgresloader.model.QuietHours;
import io.postgresloader.model.StampOptions;
import io.postgresloader.model.ValuePolicies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The type of an option's value in two forms: a reader, which records a problem for each mistake, and a JSON Schema for
 * editors. Editors read YAML 1.2, where {@code off} and {@code yes} are texts.
 *
 * @param reader returns null, or a partial value, after it recorded a problem
 */
record ValueType<T>(BiFunction<YamlValue, ParseContext, T> reader, Map<String, Object> schema) {
    private static final Map<String, Object> NULL = object("type", "null");
    private static final Map<String, Object> NAME =
            object("type", List.of("string", "number", "boolean"), "pattern", "\\S");
    private static final Map<String, Object> NAMES =
            object("type", "array", "items", NAME, "minItems", 1, "uniqueItems", true);
    /** Separate from the texts, since {@code off} is a boolean in YAML 1.1. */
    private static final Map<String, Object> FALSE = object("const", false);

    private static final String OFF = "|[Oo]ff|OFF|[Nn]o|NO";

    static final ValueType<Duration> DURATION = new ValueType<>(
            YamlValues::duration, text(Durations.SHAPE, YamlValues.DURATIONS, "30s", "5m", "24h", "1d", "PT5M"));

    static final ValueType<Optional<Duration>> DURATION_OR_OFF = new ValueType<>(
            YamlValues::durationOrOff,
            anyOf(text(Durations.SHAPE + OFF, YamlValues.DURATIONS_OR_OFF, "24h", "7d", "PT12H", "off"), FALSE));

    static final ValueType<Optional<QuietHours>> QUIET_HOURS = new ValueType<>(
            YamlValues::quietHours,
            anyOf(text(YamlValues.HOURS.pattern() + OFF, YamlValues.PARTS_OF_THE_DAY, "07:00-19:00", "off"), FALSE));

    static final ValueType<StampOptions> STAMP_COLUMN = new ValueType<>(
            ColumnNames::stamp, anyOf(text(ColumnNames.STAMP_SHAPE, ColumnNames.STAMP, "_loaded_at", "off"), FALSE));

    static final ValueType<Boolean> BOOL = new ValueType<>(
            YamlValues::bool,
            anyOf(text("[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF", YamlValues.BOOLEANS), object("type", "boolean")));

    static final ValueType<Double> FRACTION = new ValueType<>(
            YamlValues::fraction,
            anyOf(
                    text(YamlValues.FRACTION.pattern(), YamlValues.FRACTIONS, "5%", "0.05"),
                    object("type", "number", "minimum", 0, "maximum", 1)));

    static final ValueType<DateFilters> DATE_BOUNDS = new ValueType<>(
            DateFilters::read,
            JsonSchema.closed(JsonSchema.properties(DateFilters.KEYS, key -> day(YamlValues.DAYS, "2000-01-01"))));

    static final ValueType<ValuePolicies.ZeroDates> ZERO_DATES = new ValueType<>(
            YamlValues::zeroDates,
            anyOf(day(YamlValues.DAYS_OF_ZERO, "1900-01-01"), object("enum", List.of("null", "reject")), NULL));

    static final ValueType<List<String>> COLUMNS = new ValueType<>(ColumnNames::list, NAMES);

    static final ValueType<List<String>> KEY =
            new ValueType<>((v, r) -> v.isNull() ? null : ColumnNames.oneOrMore(v, r), anyOf(NAME, NAMES, NULL));

    static final ValueType<Optional<String>> COLUMN_OR_NONE =
            new ValueType<>(ColumnNames::oneOrNone, anyOf(NAME, NULL));

    static final ValueType<Map<String, String>> TYPES = new ValueType<>(
            ColumnNames::types, JsonSchema.map(text(".*\\S.*", ColumnNames.TYPE, "smallint", "numeric(10,2)")));

    static final ValueType<Map<String, OptionDraft>> POLICIES =
            new ValueType<>(OptionReader::columns, JsonSchema.map(JsonSchema.reference("Column")));

    /** One of the constants, in lower case. */
    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        return new ValueType<>(
                (value, context) -> YamlValues.choice(value, type, context), object("enum", YamlValues.words(type)));
    }

    private static Map<String, Object> day(String allowed, String example) {
        Map<String, Object> day = text(YamlValues.DATE.pattern(), allowed, example);
        day.put("format", "date"); // A pattern cannot check the lengths of the months.
        return day;
    }

    T read(YamlValue value, ParseContext context) {
        return reader.apply(value, context);
    }

    /** The schema of an option of this type, with title and description; at most one default value. */
    Map<String, Object> schema(String title, String description, Object... standard) {
        Map<String, Object> explained = new LinkedHashMap<>();
        List<Object> defaults = new ArrayList<>(List.of(standard));
        explained.put("title", title);
        explained.put("description", description + (defaults.isEmpty() ? "" : " Default: " + defaults.get(0) + "."));
        explained.putAll(schema);
        defaults.forEach(value -> explained.put("default", value));
        return explained;
    }
}
