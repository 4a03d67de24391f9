package io.postgresloader.analyze;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogCheck;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares a table list with the schema of the source. It reads no rows. */
public final class SchemaCheck {
    private SchemaCheck() {}

    /** One line per mismatch, with how to fix it; empty if the list matches. */
    public static List<String> mismatches(Catalog catalog, Map<String, SourceTable> source, TablePatterns patterns) {
        List<String> mismatches = new ArrayList<>(unknownNames(catalog, source));
        for (TableOptions options : catalog.tables().values()) {
            Optional.ofNullable(source.get(options.table())).ifPresent(table -> {
                key(options, table).ifPresent(mismatches::add);
                mismatches.addAll(cursors(options, table));
            });
        }
        new TreeMap<>(source)
                .values().stream()
                        .filter(table -> catalog.table(table.name()).isEmpty())
                        .filter(table -> patterns.matching(table.name()).isEmpty())
                        .map(table -> "table " + table.name()
                                + ": not in the list; add it with analyze --merge, or exclude it with analyze.exclude")
                        .forEach(mismatches::add);
        return mismatches;
    }

    private static List<String> unknownNames(Catalog catalog, Map<String, SourceTable> source) {
        try {
            CatalogCheck.against(catalog, source);
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems().stream().map(ConfigurationProblem::toString).toList();
        }
    }

    private static Optional<String> key(TableOptions options, SourceTable table) {
        boolean guaranteed = options.primaryKey().isEmpty()
                ? !table.keys().isEmpty()
                : table.keys().stream().anyMatch(key -> new HashSet<>(lowerCase(options.primaryKey()))
                        .containsAll(lowerCase(key.columns())));
        if (guaranteed || options.primaryKey().isEmpty() && options.load().mode() == LoadMode.FULL) {
            return Optional.empty();
        }
        return Optional.of("table " + table.name()
                + (options.primaryKey().isEmpty()
                        ? ": has no unique not-null key; add one in the source, or set load: full"
                        : ": primary_key (" + String.join(", ", options.primaryKey())
                                + ") is not unique and not null in the source; run analyze --merge"));
    }

    private static List<String> cursors(TableOptions options, SourceTable table) {
        return options.cursors().columns().stream()
                .flatMap(name -> table.column(name).stream())
                .filter(column -> CursorType.of(column).isEmpty())
                .map(column -> "table " + table.name() + ": cursor column " + column.name() + " has the type "
                        + column.columnType() + "; a cursor column must be date, datetime or timestamp; run analyze"
                        + " --merge")
                .toList();
    }

    private static List<String> lowerCase(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }
}
