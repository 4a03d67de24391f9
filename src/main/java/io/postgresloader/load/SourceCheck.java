package io.postgresloader.load;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogCheck;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.source.SourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks a table list against the source, as far as the source's user may see it. A table or column that the source does
 * not have fails its own table only, with file and line: at a start as while the loader runs.
 */
public final class SourceCheck {
    private final Catalog catalog;
    private final SourceSchema source;

    public SourceCheck(Catalog catalog, SourceSchema source) {
        this.catalog = catalog;
        this.source = source;
    }

    /**
     * Requires that the list is one of this source: that at least one of its tables exists, or may exist.
     *
     * @throws ConfigurationException if a list of several tables fits the source not at all
     */
    public static void requireAny(Catalog catalog, SourceSchema source) {
        List<String> tables = List.copyOf(catalog.tables().keySet());
        // A list of one table is not another database's: the table fails, with its name.
        if (tables.size() < 2) {
            return;
        }
        Map<String, String> kinds = source.kinds();
        boolean some = tables.stream().anyMatch(kinds::containsKey)
                || tables.stream().anyMatch(table -> source.missingRight(table).isPresent());
        if (!some) {
            ConfigurationProblem first = CatalogCheck.absent(catalog, tables.get(0), kinds.keySet());
            String near =
                    first.allowed().startsWith("did you mean") ? " (" + first.key() + ": " + first.allowed() + ")" : "";
            throw new ConfigurationException(List.of(new ConfigurationProblem(
                    catalog.file().toString(),
                    0,
                    "tables",
                    "the source database has none of the " + tables.size() + " tables of this list" + near,
                    "correct SOURCE_URL, or write a list for this database with: analyze --output FILE")));
        }
    }

    /** Why tables of the list cannot be loaded from the source, in the order of the list. */
    public List<String> problems() {
        Map<String, SourceTable> tables = source.tables();
        List<String> problems = new ArrayList<>();
        for (TableOptions options : catalog.tables().values()) {
            try {
                SourceTable table = tables.get(options.table());
                if (table == null
                        || table.columns().isEmpty()
                                && source.missingRight(options.table()).isPresent()) {
                    throw absent(options.table());
                }
                requireColumns(options, table);
            } catch (LoadFailedException e) {
                problems.add(e.failure().message());
            }
        }
        return problems;
    }

    /** Why the source shows no table of this name, and what to do. */
    public LoadFailedException absent(String table) {
        Map<String, String> kinds = source.kinds();
        String kind = kinds.get(table);
        if (kind != null && !SourceSchema.isTable(kind)) {
            String word = kind.toLowerCase(Locale.ROOT);
            return LoadErrors.schema(catalog.place(table) + ": " + table + ": it is a " + word + "; " + word
                    + "s are not loaded: remove it from the table list");
        }
        return source.missingRight(table)
                .map(grant -> LoadErrors.schema("table " + table
                        + ": the source's user has no right to read it, if it exists; run: " + grant
                        + "; or remove it from the table list"))
                .orElseGet(() -> LoadErrors.schema(
                        CatalogCheck.absent(catalog, table, tablesAmong(kinds)).toString()));
    }

    /**
     * Requires that a table has the columns that its options name.
     *
     * @throws LoadFailedException of kind SCHEMA with every unknown column
     */
    public void requireColumns(TableOptions options, SourceTable table) {
        try {
            CatalogCheck.columns(catalog, options, table, column -> source.missingRight(table.name(), column)
                    .isPresent());
        } catch (ConfigurationException e) {
            throw LoadErrors.schema(
                    e.problems().stream().map(ConfigurationProblem::toString).collect(Collectors.joining(" | ")));
        }
    }

    private static List<String> tablesAmong(Map<String, String> kinds) {
        return kinds.entrySet().stream()
                .filter(kind -> SourceSchema.isTable(kind.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
