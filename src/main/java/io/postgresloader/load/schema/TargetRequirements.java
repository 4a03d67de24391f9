package io.postgresloader.load.schema;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Key;
import io.postgresloader.model.SourceTable;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.target.ExistingTable;
import io.postgresloader.target.TargetColumn;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Checks that rows can be written into a target table at all. The loader fixes nothing here; the operator does. */
final class TargetRequirements {
    static final int MOST_COLUMNS = 1600;

    private final SourceTable source;
    private final SchemaSql sql;
    private final Optional<String> stamp;

    /** @param stamp the column of the row stamp */
    TargetRequirements(SourceTable source, SchemaSql sql, Optional<String> stamp) {
        this.source = source;
        this.sql = sql;
        this.stamp = stamp;
    }

    /**
     * Checks that PostgreSQL allows as many columns.
     *
     * @param existing the table, if the target has it
     * @param marks whether it needs the column of the mark as well
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA
     */
    void requireRoom(Optional<ExistingTable> existing, boolean marks) {
        Set<String> columns = new HashSet<>(source.columnNames());
        if (marks) {
            columns.add(DeletePolicy.DELETED_AT);
        }
        stamp.ifPresent(columns::add);
        existing.ifPresent(table -> columns.removeAll(table.columns().keySet()));
        int numbers = columns.size() + existing.map(ExistingTable::numbers).orElse(0);
        if (numbers > MOST_COLUMNS) {
            throw unusable("would have " + numbers + " columns, and PostgreSQL allows " + MOST_COLUMNS
                    + " (dropped ones count); leave some out with exclude_columns");
        }
    }

    /** @throws io.postgresloader.model.LoadFailedException of kind SCHEMA, with the statement to run */
    void check(ExistingTable existing, Key key) {
        if (!existing.table()) {
            throw unusable("is a view or the like, not a table; rename it, or remove the table from the table list");
        }
        existing.rules().stream().findFirst().ifPresent(rule -> {
            throw unusable(
                    "has the rule " + rule.name() + " ON " + rule.event() + ", which PostgreSQL applies to some of"
                            + " the loader's statements and not to others; run: " + sql.dropRule(rule.name()));
        });
        existing.children().stream().findFirst().ifPresent(child -> {
            throw unusable("has the child table " + child + ": PostgreSQL reads the child's rows as rows of "
                    + sql.schema() + "." + sql.table() + ", but its key is not unique across both; run: "
                    + sql.noInherit(child) + ", or make " + sql.schema() + "." + sql.table() + " a partitioned table");
        });
        checkRowSecurity(existing);
        checkConstraints(existing, key);
        existing.columns().values().forEach(this::check);
    }

    private void checkRowSecurity(ExistingTable existing) {
        existing.rowSecurity().ifPresent(security -> {
            throw unusable("has row security that applies to the loader's user " + security.user()
                    + ": PostgreSQL hides rows from it and does not allow COPY; run: "
                    + (security.owner() ? sql.noForceRowSecurity() : sql.bypassRowSecurity(security.user())));
        });
    }

    private void checkConstraints(ExistingTable existing, Key key) {
        existing.deferrableKeys().stream()
                .filter(constraint -> constraint.columns().equals(Set.copyOf(key.columns())))
                .findFirst()
                .ifPresent(constraint -> {
                    throw unusable("has the deferrable constraint " + constraint.name() + " on its key (" + key
                            + "), by which PostgreSQL cannot upsert; run: "
                            + sql.checkAtOnce(constraint.name(), constraint.primary(), key.columns()));
                });
    }

    private void check(TargetColumn column) {
        String name = column.name();
        boolean loaded = source.columnNames().contains(name);
        if (loaded && column.writable() == TargetColumn.Writable.GENERATED) {
            throw unusable("generates the column " + name + " itself; run: " + sql.dropExpression(name)
                    + ", or leave it out with exclude_columns");
        }
        if (loaded && column.writable() == TargetColumn.Writable.IDENTITY) {
            throw unusable("takes no values for the column " + name + "; run: " + sql.identityByDefault(name));
        }
        if (!loaded && column.required() && !stamp.equals(Optional.of(name))) {
            throw unusable("requires a value for the column " + name + ", which the source does not have; run: "
                    + sql.dropNotNull(name));
        }
    }

    private RuntimeException unusable(String message) {
        return LoadErrors.schema("table " + sql.schema() + "." + sql.table() + " " + message);
    }
}
