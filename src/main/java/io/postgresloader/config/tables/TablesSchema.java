package io.postgresloader.config.tables;

import static io.postgresloader.config.tables.JsonSchema.anyOf;
import static io.postgresloader.config.tables.JsonSchema.object;
import static io.postgresloader.config.tables.JsonSchema.reference;

import io.postgresloader.config.tables.OptionKey.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema of {@code tables.yml}, with which editors complete and check the file. The schema accepts everything
 * that {@link CatalogReader} accepts. Only the reader checks rules between two keys.
 */
public final class TablesSchema {
    /** The name of the schema file, next to a table list. */
    public static final String FILE = "tables.schema.json";

    private static final String OLDER_FORM = "tables";
    private static final Map<String, Object> BLANK = anyOf(
            object("type", "null"),
            object("type", "string", "pattern", "^\\s*$"),
            object("type", "array", "maxItems", 0));

    private TablesSchema() {}

    /** The schema as JSON values: maps, lists, texts, numbers and booleans. */
    public static Map<String, Object> document() {
        return object(
                "$schema",
                "http://json-schema.org/draft-07/schema#",
                "title",
                "Table list of PostgresLoader",
                "description",
                "The tables to keep equal to the source: table name, as the source spells it -> options.",
                "type",
                "object",
                "if",
                object("required", List.of(OLDER_FORM)),
                "then",
                reference("BelowTables"),
                "else",
                reference("Plain"),
                "definitions",
                definitions());
    }

    private static Map<String, Object> definitions() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        definitions.put("Plain", plain());
        definitions.put("BelowTables", belowTables());
        definitions.put("Defaults", place("Options for all tables", Scope.FILE));
        definitions.put("Table", table());
        definitions.put("OwnTable", options(Scope.TABLE));
        definitions.put("OlderTable", olderTable());
        definitions.put("Column", place("Policies of one column", Scope.COLUMN));
        definitions.put("Blank", BLANK);
        for (OptionKey key : OptionKey.values()) {
            definitions.put(key.text(), key.schema());
        }
        return definitions;
    }

    /** Each key at the top except {@code defaults} is a table; at least one. */
    private static Map<String, Object> plain() {
        Map<String, Object> plain = JsonSchema.map(reference("Table"));
        plain.put("properties", object("defaults", reference("Defaults")));
        plain.put("minProperties", 1);
        plain.put("if", object("required", List.of("defaults")));
        plain.put("then", object("minProperties", 2));
        return plain;
    }

    private static Map<String, Object> belowTables() {
        Map<String, Object> tables = JsonSchema.map(reference("Table"));
        tables.put("minProperties", 1);
        return object(
                "properties",
                object(
                        OLDER_FORM,
                        tables,
                        "defaults",
                        reference("Defaults"),
                        "metadata",
                        object("description", "Written by the older generator; not read.")),
                "additionalProperties",
                false);
    }

    private static Map<String, Object> table() {
        return object(
                "title", "A table of the source",
                "type", List.of("object", "null"),
                "if", object("required", List.of(OptionKey.EXTRACTION_STRATEGY.text())),
                "then", reference("OlderTable"),
                "else", reference("OwnTable"));
    }

    /** The older generator wrote every key into every table, blank for no value. */
    private static Map<String, Object> olderTable() {
        Map<String, Object> table = options(Scope.TABLE);
        table.put(
                "properties",
                JsonSchema.properties(
                        OptionKey.namesIn(Scope.TABLE),
                        key -> key.equals(OptionKey.EXTRACTION_STRATEGY.text())
                                ? reference(key)
                                : anyOf(reference(key), reference("Blank"))));
        return table;
    }

    private static Map<String, Object> place(String title, Scope scope) {
        Map<String, Object> place = object("title", title, "type", List.of("object", "null"));
        place.putAll(options(scope));
        return place;
    }

    private static Map<String, Object> options(Scope scope) {
        return object(
                "properties", JsonSchema.properties(OptionKey.namesIn(scope), JsonSchema::reference),
                // A pattern, so that editors do not offer them.
                "patternProperties",
                        object(
                                "^(" + String.join("|", OptionReader.MEANINGLESS) + ")$",
                                object("description", "Written by the older generator; ignored.")),
                "additionalProperties", false);
    }
}
