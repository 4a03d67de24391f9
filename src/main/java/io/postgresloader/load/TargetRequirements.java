package io.postgresloader.load;

import io.postgresloader.model.Key;
import io.postgresloader.model.SchemaVersion;
import io.postgresloader.model.SourceTable;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.target.ExistingTable;
import io.postgresloader.target.TargetColumn;
import java.util.List;
import java.util.Optional;

/** What a target table must be like for rows to be written at all. What is not, people must mend. */
final class TargetRequirements {
    private final SourceTable source;
    private final Key key;
    private final Optional<SchemaVersion> before;
    private final SchemaSql sql;

    TargetRequirements(SourceTable source, Key key, Optional<SchemaVersion> before, SchemaSql sql) {
        this.source = source;
        this.key = key;
        this.before = before;
        this.sql = sql;
    }

    /** @throws io.postgresloader.model.LoadFailedException of kind SCHEMA, with the statement to run */
    void check(ExistingTable existing) {
        if (!existing.table()) {
            throw refused("is a view or the like, not a table; rename it, or take the table out of the table list");
        }
        requireRenamedKey(existing);
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

    /** A key column that is gone, with one new column in its place: it was renamed. */
    private void requireRenamedKey(ExistingTable existing) {
        List<String> gone = before.map(version -> version.key().columns()).orElse(List.of()).stream()
                .filter(column -> !source.columnNames().contains(column))
                .filter(existing.columns()::containsKey)
                .toList();
        List<String> added = key.columns().stream()
                .filter(column -> !existing.columns().containsKey(column))
                .toList();
        if (gone.size() == 1 && added.size() == 1) {
            throw refused("has the key column " + gone.get(0) + ", which the source calls " + added.get(0) + "; run: "
                    + sql.renameColumn(gone.get(0), added.get(0)));
        }
    }

    private RuntimeException refused(String message) {
        return Refusals.schema("table " + sql.schema() + "." + sql.table() + " " + message);
    }
}
