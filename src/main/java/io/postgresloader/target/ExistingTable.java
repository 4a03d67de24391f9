package io.postgresloader.target;

import io.postgresloader.model.Key;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table that the target has.
 *
 * @param table whether it is a table, plain or partitioned, and not a view or the like
 * @param columns its columns by name, in order
 * @param uniqueKeys the columns of each unique index that an upsert can rest on
 * @param rules its enabled rules other than ON SELECT
 * @param children tables that inherit from it and are no partitions, with their schemas
 * @param deferrableKeys its unique constraints that may be checked at commit
 * @param rowSecurity the row security that applies to the loader's user, if any does
 * @param numbers how many columns PostgreSQL has counted in it, dropped ones included
 */
public record ExistingTable(
        boolean table,
        Map<String, TargetColumn> columns,
        Set<Set<String>> uniqueKeys,
        List<Rule> rules,
        List<String> children,
        List<DeferrableKey> deferrableKeys,
        Optional<RowSecurity> rowSecurity,
        int numbers) {
    /**
     * A rule.
     *
     * @param name its name
     * @param event {@code INSERT}, {@code UPDATE} or {@code DELETE}
     */
    public record Rule(String name, String event) {}

    /**
     * A primary key or unique constraint that may be checked at commit.
     *
     * @param name its name
     * @param columns its columns
     * @param primary whether it is the primary key
     */
    public record DeferrableKey(String name, Set<String> columns, boolean primary) {}

    /**
     * Row security that applies.
     *
     * @param user the user of the loader's sessions
     * @param owner whether that user owns the table
     */
    public record RowSecurity(String user, boolean owner) {}

    /** A plain table. */
    public ExistingTable(boolean table, Map<String, TargetColumn> columns, Set<Set<String>> uniqueKeys) {
        this(table, columns, uniqueKeys, List.of(), List.of(), List.of(), Optional.empty(), columns.size());
    }

    public ExistingTable {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        uniqueKeys = Set.copyOf(uniqueKeys);
        rules = List.copyOf(rules);
        children = List.copyOf(children);
        deferrableKeys = List.copyOf(deferrableKeys);
    }

    /** The columns of a key that take several texts for equal, with the operator. */
    public Map<String, String> folded(Key key) {
        Map<String, String> folded = new LinkedHashMap<>();
        key.columns().stream()
                .filter(columns::containsKey)
                .forEach(column -> columns.get(column).folds().ifPresent(operator -> folded.put(column, operator)));
        return folded;
    }

    public boolean unique(Key key) {
        return uniqueKeys.contains(Set.copyOf(key.columns()));
    }
}
