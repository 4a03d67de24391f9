package io.postgresloader.analyze;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was found out about a source.
 *
 * @param source the names of all tables that the source has
 * @param tables those that were looked at, in the order of their names
 * @param leftOut tables that were not looked at, each with the pattern that its name matches
 * @param problems what could not be found out, and what to do about it
 */
public record Analysis(
        Set<String> source, List<TableFinding> tables, Map<String, String> leftOut, List<String> problems) {
    public Analysis {
        source = Set.copyOf(source);
        tables = List.copyOf(tables);
        problems = List.copyOf(problems);
    }

    /** The tables that a list has. */
    public List<TableFinding> listed() {
        return tables.stream().filter(table -> table.refused().isEmpty()).toList();
    }

    /** The tables that no list has, each with the reason. */
    Map<String, String> notListed() {
        Map<String, String> reasons = new TreeMap<>();
        tables.forEach(table -> table.refused().ifPresent(reason -> reasons.put(table.name(), reason)));
        leftOut.forEach((table, pattern) -> reasons.put(table, "its name matches the pattern " + pattern));
        return reasons;
    }

    public Optional<TableFinding> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
