package io.postgresloader.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The column options of one table in {@code tables.yml}. Column names may differ from those of the source in case.
 *
 * @param types PostgreSQL types that replace the default mapping, by column
 * @param excluded columns that are not loaded
 * @param purgeExcluded whether the values of excluded columns are removed from the target
 * @param policies the policies of every column without its own
 * @param policiesByColumn the policies of single columns
 * @param stamp the column of the row stamp
 */
public record ColumnOptions(
        Map<String, String> types,
        List<String> excluded,
        boolean purgeExcluded,
        ValuePolicies policies,
        Map<String, ValuePolicies> policiesByColumn,
        StampOptions stamp) {

    public static final ColumnOptions DEFAULT = new ColumnOptions(Map.of(), List.of(), ValuePolicies.DEFAULT, Map.of());

    /** Options that leave the values of excluded columns in the target, with the default of the row stamp. */
    public ColumnOptions(
            Map<String, String> types,
            List<String> excluded,
            ValuePolicies policies,
            Map<String, ValuePolicies> policiesByColumn) {
        this(types, excluded, false, policies, policiesByColumn, StampOptions.DEFAULT);
    }

    public ColumnOptions {
        types = Map.copyOf(types);
        excluded = List.copyOf(excluded);
        policiesByColumn = Map.copyOf(policiesByColumn);
    }

    /** The configured PostgreSQL type of a column; empty: the default type. */
    public Optional<String> type(String column) {
        return find(types, column);
    }

    /** The policies of a column. */
    public ValuePolicies policies(String column) {
        return find(policiesByColumn, column).orElse(policies);
    }

    /**
     * These options for a table with this key. A changed key value could be the key of another row, so key columns
     * reject values that PostgreSQL cannot store, regardless of their policies.
     */
    public ColumnOptions forKey(Key key) {
        Map<String, ValuePolicies> strict = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        strict.putAll(policiesByColumn);
        key.columns().forEach(column -> strict.put(column, policies(column).rejecting()));
        return new ColumnOptions(types, excluded, purgeExcluded, policies, strict, stamp);
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
