package io.postgresloader.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code tables.yml} says about the columns of one table. Column names may differ from the source's in case.
 *
 * @param types PostgreSQL types that replace the default mapping, by column
 * @param excluded columns that are not loaded
 * @param policies what applies to every column that has no policies of its own
 * @param policiesByColumn the policies of single columns
 */
public record ColumnOptions(
        Map<String, String> types,
        List<String> excluded,
        ValuePolicies policies,
        Map<String, ValuePolicies> policiesByColumn) {

    public static final ColumnOptions DEFAULT = new ColumnOptions(Map.of(), List.of(), ValuePolicies.DEFAULT, Map.of());

    public ColumnOptions {
        types = Map.copyOf(types);
        excluded = List.copyOf(excluded);
        policiesByColumn = Map.copyOf(policiesByColumn);
    }

    /** The PostgreSQL type that was asked for. */
    public Optional<String> type(String column) {
        return find(types, column);
    }

    /** What applies to a column. */
    public ValuePolicies policies(String column) {
        return find(policiesByColumn, column).orElse(policies);
    }

    /**
     * These options for a table with this key: a key that was changed could be that of another row, so that its columns
     * reject what they cannot keep, whatever was configured.
     */
    public ColumnOptions forKey(Key key) {
        Map<String, ValuePolicies> strict = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        strict.putAll(policiesByColumn);
        key.columns().forEach(column -> strict.put(column, policies(column).rejecting()));
        return new ColumnOptions(types, excluded, policies, strict);
    }

    public boolean excludes(String column) {
        return excluded.stream().anyMatch(column::equalsIgnoreCase);
    }

    private static <T> Optional<T> find(Map<String, T> byColumn, String column) {
        return byColumn.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(column))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
