package io.postgresloader.config.tables;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.Nearest;
import io.postgresloader.config.Problems;
import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Compares the configured names with the source. */
public final class CatalogCheck {
    private final Catalog catalog;
    private final Problems problems = new Problems();

    private CatalogCheck(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Finds tables and columns that the source does not have. A table must be spelled as the source spells it, a column
     * may differ in case.
     *
     * @param sourceTables every table of the source, by its exact name
     * @throws ConfigurationException with every unknown name
     */
    public static void against(Catalog catalog, Map<String, SourceTable> sourceTables) {
        CatalogCheck check = new CatalogCheck(catalog);
        for (TableOptions table : catalog.tables().values()) {
            if (sourceTables.containsKey(table.table())) {
                check.columns(table, sourceTables.get(table.table()), column -> false);
            } else {
                check.unknownTable(table.table(), sourceTables.keySet());
            }
        }
        check.problems.throwIfAny();
    }

    /**
     * Requires that a table has the columns that its options name.
     *
     * @param hidden whether the table has a column that {@code source} does not show
     * @throws ConfigurationException with every unknown column
     */
    public static void columns(Catalog catalog, TableOptions table, SourceTable source, Predicate<String> hidden) {
        CatalogCheck check = new CatalogCheck(catalog);
        check.columns(table, source, hidden);
        check.problems.throwIfAny();
    }

    /** The problem that the source has no table of this name. */
    public static ConfigurationProblem absent(Catalog catalog, String table, Collection<String> sourceTables) {
        return new CatalogCheck(catalog).absent(table, sourceTables);
    }

    private void unknownTable(String name, Collection<String> sourceTables) {
        problems.add(absent(name, sourceTables));
    }

    private ConfigurationProblem absent(String name, Collection<String> sourceTables) {
        String allowed = Nearest.to(name, sourceTables)
                .map(near -> "did you mean " + near + "?")
                .orElse("correct the name, restore it in the source, or remove it from the table list");
        return problem(name, "the source has no table " + name, allowed, name);
    }

    private void columns(TableOptions options, SourceTable source, Predicate<String> hidden) {
        options.primaryKey().forEach(c -> column("primary_key", c, source, hidden));
        options.cursors().columns().forEach(c -> column(cursorKey(options.table(), c), c, source, hidden));
        ColumnOptions columns = options.columns();
        columns.types().keySet().stream().sorted().forEach(c -> column("column_types", c, source, hidden));
        columns.excluded().forEach(c -> column("exclude_columns", c, source, hidden));
        columns.excluded().stream().filter(c -> inKey(options, source, c)).forEach(c -> excludedKey(c, source));
        columns.policiesByColumn().keySet().stream()
                .sorted()
                .forEach(c -> column("column_policies", c, source, hidden));
    }

    /** Checks the key that is used if none is configured. A configured key was checked when the file was read. */
    private static boolean inKey(TableOptions options, SourceTable source, String column) {
        return options.primaryKey().isEmpty()
                && source.ownKey().stream()
                        .flatMap(key -> key.columns().stream())
                        .anyMatch(column::equalsIgnoreCase);
    }

    private void excludedKey(String column, SourceTable source) {
        String path = source.name() + ".exclude_columns";
        String found = "'" + column + "' is a column of the key";
        String allowed = "remove it from the list: the key identifies the rows";
        problems.add(problem(path, found, allowed, path + "." + column, path));
    }

    /** A cursor column that is not in the list is the primary incremental column. */
    private String cursorKey(String table, String column) {
        boolean listed = catalog.lines().containsKey(table + ".incremental_columns." + column);
        return listed ? "incremental_columns" : "primary_incremental_column";
    }

    private void column(String key, String column, SourceTable source, Predicate<String> hidden) {
        if (source.column(column).isPresent() || hidden.test(column)) {
            return;
        }
        String path = source.name() + "." + key;
        String found = "'" + column + "' is not a column of " + source.name();
        String allowed = Nearest.hint(column, source.columnNames());
        problems.add(problem(path, found, allowed, path + "." + column, path, source.name()));
    }

    private ConfigurationProblem problem(String key, String found, String allowed, String... paths) {
        List<Integer> lines = Stream.of(paths)
                .filter(catalog.lines()::containsKey)
                .map(catalog.lines()::get)
                .toList();
        int line = lines.isEmpty() ? 0 : lines.get(0);
        return new ConfigurationProblem(catalog.file().toString(), line, key, found, allowed);
    }
}
