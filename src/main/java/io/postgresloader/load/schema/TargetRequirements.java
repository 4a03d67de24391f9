package io.postgresloader.load.schema;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.model.SourceTable;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.target.ExistingTable;
import io.postgresloader.target.TargetColumn;

/** What a target table must be like for rows to be written at all. What is not, people must mend. */
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
            throw refused("is a view or the like, not a table; rename it, or take the table out of the table list");
        }
        existing.columns().values().forEach(this::check);
    }

    private void check(TargetColumn column) {
        String name = column.name();
        boolean loaded = source.columnNames().contains(name);
        if (loaded && column.writable() == TargetColumn.Writable.GENERATED) {
            throw refused("generates the column " + name + " itself; run: " + sql.dropExpression(name)
                    + ", or leave it out with exclude_columns");
        }
        if (loaded && column.writable() == TargetColumn.Writable.IDENTITY) {
            throw refused("takes no values for the column " + name + "; run: " + sql.identityByDefault(name));
        }
        if (!loaded && column.required()) {
            throw refused(
                    "requires a value for the column " + name + ", which no row brings; run: " + sql.dropNotNull(name));
        }
    }

    private RuntimeException refused(String message) {
        return LoadErrors.schema("table " + sql.schema() + "." + sql.table() + " " + message);
    }
}
