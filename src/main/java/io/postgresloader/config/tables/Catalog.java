package io.postgresloader.config.tables;

import io.postgresloader.model.TableOptions;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The configured tables: the checked, immutable content of {@code tables.yml}.
 *
 * @param file the file it was read from
 * @param tables the options by table name, in the order of the file
 * @param lines the line (from 1) of each value, by its path in the file: {@code adjustment},
 *     {@code adjustment.primary_key}, {@code adjustment.incremental_columns[2]} (elements count from 0), and of each
 *     listed column also by its name, {@code adjustment.incremental_columns.SecDateTEdit}; so that later checks can
 *     report the line
 * @param ignoredKeys keys of the older generator that have no meaning here, each once, for one message at level info
 */
public record Catalog(
        Path file, Map<String, TableOptions> tables, Map<String, Integer> lines, List<String> ignoredKeys) {
    public Catalog {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        lines = Map.copyOf(lines);
        ignoredKeys = List.copyOf(ignoredKeys);
    }

    public Optional<TableOptions> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** By table: whether it is compared on schedule, which {@code reconcile: off} turns off. */
    public Map<String, Boolean> reconciled() {
        Map<String, Boolean> reconciled = new LinkedHashMap<>();
        tables.forEach((name, options) ->
                reconciled.put(name, options.reconcile().every().isPresent()));
        return reconciled;
    }

    /**
     * Where the file sets a value, as file and line, for messages.
     *
     * @param paths the paths that may set it, the most specific one first
     */
    public String place(String... paths) {
        return Stream.of(paths)
                .filter(lines::containsKey)
                .findFirst()
                .map(path -> file + ":" + lines.get(path))
                .orElse(file.toString());
    }

    /** This catalog with the options of every table changed. */
    public Catalog with(UnaryOperator<TableOptions> change) {
        Map<String, TableOptions> changed = new LinkedHashMap<>();
        tables.forEach((name, options) -> changed.put(name, change.apply(options)));
        return new Catalog(file, changed, lines, ignoredKeys);
    }

    /** This catalog without some of its tables. */
    public Catalog without(Set<String> names) {
        Map<String, TableOptions> kept = new LinkedHashMap<>(tables);
        kept.keySet().removeAll(names);
        return new Catalog(file, kept, lines, ignoredKeys);
    }
}
