package io.postgresloader.dbt;

import io.postgresloader.config.dbt.Generated;
import io.postgresloader.model.TableOptions;
import io.postgresloader.sql.Identifiers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Describes tables as a source of dbt: names, types, comments, tests that hold by construction, freshness, options.
 *
 * @param name the name of the source
 * @param schema the schema of the tables
 */
record SourcesDocument(String name, String schema, DbtVersion version) {
    /** An option that is switched off, as {@code meta} says it. */
    static final String OFF = "off";

    Map<String, Object> of(List<DbtTable> tables) {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("name", Jinja.text(name));
        source.put("schema", Jinja.text(schema));
        source.put("loader", "PostgresLoader");
        source.put("quoting", quoting());
        source.put("tables", tables.stream().map(this::table).toList());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", 2);
        document.put("sources", List.of(source));
        return document;
    }

    /** Names are as they are in the source: mixed case, reserved words. */
    private static Map<String, Object> quoting() {
        Map<String, Object> quoting = new LinkedHashMap<>();
        List.of("database", "schema", "identifier").forEach(kind -> quoting.put(kind, true));
        return quoting;
    }

    private Map<String, Object> table(DbtTable table) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", Jinja.text(table.name()));
        description(table.comment()).ifPresent(text -> entry.put("description", text));
        Map<String, Object> configuration = configuration(table);
        if (version.configuresSources()) {
            entry.put("config", configuration);
        } else {
            entry.putAll(configuration);
        }
        if (table.key().columns().size() > 1) {
            entry.put(
                    "data_tests",
                    List.of(Map.of("unique", uniqueTogether(table.key().columns()))));
        }
        entry.put(
                "columns",
                table.columns().stream().map(column -> column(table, column)).toList());
        return entry;
    }

    private Map<String, Object> configuration(DbtTable table) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        String query = "select loaded_up_to from " + Identifiers.postgres(schema, "etl_freshness")
                + " where table_name = " + Identifiers.literal(table.name());
        if (version.configuresSources()) {
            configuration.put("loaded_at_query", Jinja.text(query));
        } else {
            configuration.put("loaded_at_field", Jinja.text("(" + query + ")"));
        }
        configuration.put("freshness", Freshness.of(table.options()));
        configuration.put("meta", Map.of(Generated.META, meta(table)));
        return configuration;
    }

    private static Map<String, Object> meta(DbtTable table) {
        TableOptions options = table.options();
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("key", names(table.key().columns()));
        meta.put("load", options.load().mode().name().toLowerCase(Locale.ROOT));
        if (!options.cursors().columns().isEmpty()) {
            meta.put("incremental_columns", names(options.cursors().columns()));
            meta.put("incremental_strategy", options.cursors().logic().name().toLowerCase(Locale.ROOT) + "_logic");
        }
        meta.put("schedule", duration(options.load().schedule()));
        meta.put("lookback", duration(options.cursors().lookback()));
        meta.put(
                "reconcile",
                options.reconcile().every().map(SourcesDocument::duration).orElse(OFF));
        meta.put("deletes", options.deletes().policy().name().toLowerCase(Locale.ROOT));
        meta.put("loaded_at_column", table.stamp().map(Jinja::text).orElse(OFF));
        return meta;
    }

    private Map<String, Object> uniqueTogether(List<String> columns) {
        // As one text, since the rows that fail a test can be stored, which no table can do with a row in a column.
        String row = columns.stream().map(Identifiers::postgres).collect(Collectors.joining(", ", "row(", ")::text"));
        Map<String, Object> argument = Map.of("column_name", Jinja.text(row));
        return version.configuresSources() ? Map.of("arguments", argument) : argument;
    }

    private static Map<String, Object> column(DbtTable table, DbtColumn column) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", Jinja.text(column.name()));
        entry.put("data_type", Jinja.text(column.type()));
        description(column.comment()).ifPresent(text -> entry.put("description", text));
        entry.put("quote", true);
        List<String> tests = new ArrayList<>();
        boolean inKey = table.key().columns().contains(column.name());
        if (inKey && table.key().columns().size() == 1) {
            tests.add("unique");
        }
        if (inKey || column.notNull()) {
            tests.add("not_null");
        }
        if (!tests.isEmpty()) {
            entry.put("data_tests", tests);
        }
        return entry;
    }

    private static Optional<String> description(Optional<String> comment) {
        return comment.map(String::strip).filter(text -> !text.isEmpty()).map(Jinja::text);
    }

    private static List<String> names(List<String> columns) {
        return columns.stream().map(Jinja::text).toList();
    }

    /** In the largest unit of which it is a whole number, as the table list writes it. */
    private static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.getNano() != 0 || seconds == 0) {
            return duration.toString();
        }
        return seconds % 86_400 == 0 && seconds > 86_400
                ? seconds / 86_400 + "d"
                : seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
