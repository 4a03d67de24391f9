package io.postgresloader.analyze;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /** The tables that are in no list, each with the reason. */
    List<String> notListed() {
        Stream<String> refused =
                tables.stream().flatMap(table -> table.refused().stream().map(reason -> table.name() + ": " + reason));
        Stream<String> patterns = leftOut.entrySet().stream()
                .map(table -> table.getKey() + ": its name matches the pattern " + table.getValue());
        return Stream.concat(refused, patterns).toList();
    }

    public Optional<TableFinding> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
