package io.postgresloader.load.schema;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.model.SourceTable;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.target.ExistingTable;
import io.postgresloader.target.TargetColumn;

/** Checks that rows can be written into a target table at all. The loader fixes nothing here; the operator does. */
final class TargetRequirements {
    private final SourceTable source;
    private final SchemaSql sql;

    TargetRequirements(SourceTable source, SchemaSql sql) {
        this.source = source;
        this.sql = sql;
    }

    /** @throws io.postgresloader.model.LoadFailedException of kind SCHEMA, with the statement to run */
    void check(ExistingTable existing) {
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
        existing.columns().values().forEach(this::check);
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
        if (!loaded && column.required()) {
            throw unusable("requires a value for the column " + name + ", which the source does not have; run: "
                    + sql.dropNotNull(name));
        }
    }

    private RuntimeException unusable(String message) {
        return LoadErrors.schema("table " + sql.schema() + "." + sql.table() + " " + message);
    }
}
