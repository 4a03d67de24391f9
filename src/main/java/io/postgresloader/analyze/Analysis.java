package io.postgresloader.analyze;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The result of an analysis of a source.
 *
 * @param source the names of all tables that the source has
 * @param tables the analyzed tables, in the order of their names
 * @param excluded the tables that were not analyzed, each with the pattern that its name matches
 * @param problems what could not be determined, and how to fix it
 */
public record Analysis(
        Set<String> source, List<TableFinding> tables, Map<String, String> excluded, List<String> problems) {
    public Analysis {
        source = Set.copyOf(source);
        tables = List.copyOf(tables);
        problems = List.copyOf(problems);
    }

    /** The tables to put into a table list. */
    public List<TableFinding> listed() {
        return tables.stream().filter(table -> table.obstacle().isEmpty()).toList();
    }

    /** The tables to leave out of a table list, each with the reason. */
    Map<String, String> notListed() {
        Map<String, String> reasons = new TreeMap<>();
        tables.forEach(table -> table.obstacle().ifPresent(reason -> reasons.put(table.name(), reason)));
        excluded.forEach((table, pattern) -> reasons.put(table, "its name matches the pattern " + pattern));
        return reasons;
    }

    public Optional<TableFinding> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
