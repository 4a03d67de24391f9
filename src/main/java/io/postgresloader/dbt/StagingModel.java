package io.postgresloader.dbt;

import io.postgresloader.sql.Identifiers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The staging model of a table. With a key and row stamps it is incremental: a run reads the rows with later stamps than
 * the model has, and removes the rows that were deleted. Without either, it is a view.
 *
 * @param source the name of the source
 */
record StagingModel(String source, DbtTable table) {
    private static final String PREFIX = "stg_";

    /** The name of the model; dbt takes letters, digits and underscores. */
    String name() {
        return PREFIX + table.name().replaceAll("[^A-Za-z0-9_]", "_");
    }

    /** Whether a run reads only what is new, so that rows that it has read before keep NULL in a new column. */
    boolean incremental() {
        return table.stamp().isPresent() && !table.key().none();
    }

    /** The text of the model, without the line that says who wrote it. */
    String sql() {
        return (incremental() ? incrementalConfig() : viewConfig())
                + "\nselect\n" + columns() + "\nfrom " + expression(sourceCall()) + "\n"
                + where();
    }

    private String viewConfig() {
        String reason = table.key().none()
                ? "The table has no key, so that no row can be found again: the model is a view."
                : "The table has no row stamps (loaded_at_column): the model is a view.";
        return "{# " + reason + " #}\n{{ config(materialized='view') }}\n";
    }

    private String incrementalConfig() {
        String key = table.key().columns().stream()
                .map(Identifiers::postgres)
                .map(Jinja::literal)
                .collect(Collectors.joining(", ", "[", "]"));
        return String.join(
                "\n",
                "{{ config(",
                "    materialized='incremental',",
                "    incremental_strategy='delete+insert',",
                "    unique_key=" + key + ",",
                "    on_schema_change='append_new_columns',",
                "    post_hook=" + Jinja.quoted(expression(removal())),
                ") }}",
                "");
    }

    private String removal() {
        return "postgres_loader.remove_deleted(this, " + sourceCall() + ", " + keyTypes() + ", " + stampLiteral()
                + (table.marksDeletes() ? ", marked=true)" : ")");
    }

    private String where() {
        if (incremental()) {
            return "where "
                    + expression("postgres_loader.stamped_since(this, " + sourceCall() + ", " + stampLiteral() + ")")
                    + "\n";
        }
        return table.marksDeletes() ? "where \"_deleted_at\" is null\n" : "";
    }

    /** The types of the key's columns by name, for the keys of deleted rows, which are stored as text. */
    private String keyTypes() {
        Map<String, String> types = new LinkedHashMap<>();
        table.key()
                .columns()
                .forEach(
                        name -> types.put(name, table.column(name).orElseThrow().type()));
        return types.entrySet().stream()
                .map(entry -> Jinja.literal(entry.getKey()) + ": " + Jinja.literal(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private String stampLiteral() {
        return Jinja.literal(table.stamp().orElseThrow());
    }

    private String sourceCall() {
        return "source(" + Jinja.literal(source) + ", " + Jinja.literal(table.name()) + ")";
    }

    private String columns() {
        return quoted().stream().map(name -> "    " + name).collect(Collectors.joining(",\n"));
    }

    /** The columns as the model names them. */
    List<String> quoted() {
        return table.columns().stream()
                .map(DbtColumn::name)
                .map(Identifiers::postgres)
                .map(Jinja::text)
                .toList();
    }

    private static String expression(String expression) {
        return "{{ " + expression + " }}";
    }
}
