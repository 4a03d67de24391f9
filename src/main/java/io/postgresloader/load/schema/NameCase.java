package io.postgresloader.load.schema;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.model.SchemaVersion;
import io.postgresloader.model.SchemaVersion.LoadedColumn;
import io.postgresloader.model.SourceTable;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.target.ExistingTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Names that are equal except for their case. The source takes them for one name, PostgreSQL for two: without a check,
 * the values of a column would go into a second column, and readers of the first would see old values.
 */
final class NameCase {
    private final SourceTable source;
    private final SchemaSql sql;

    NameCase(SourceTable source, SchemaSql sql) {
        this.source = source;
        this.sql = sql;
    }

    /**
     * Requires that no column of the target takes the place of a missing one.
     *
     * @param types the type by which a missing column would be added
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA, with the statements to choose from
     */
    void require(ExistingTable existing, Map<String, String> types) {
        Map<String, String> found = new LinkedHashMap<>();
        source.columnNames().stream()
                .filter(name -> !existing.columns().containsKey(name))
                .forEach(name -> existing.columns().keySet().stream()
                        .filter(name::equalsIgnoreCase)
                        .filter(other -> !source.columnNames().contains(other))
                        .findFirst()
                        .ifPresent(other -> found.put(name, other)));
        if (found.isEmpty()) {
            return;
        }
        throw LoadErrors.schema("table " + sql.schema() + "." + sql.table() + ": the names of "
                + joined(found, ", ", (name, other) -> "the column " + other + " and the source's " + name)
                + " differ in case only; run: " + joined(found, "; ", (name, other) -> sql.renameColumn(other, name))
                + "; or, to keep the old columns with their old values, add the new ones: "
                + joined(found, "; ", (name, other) -> sql.addColumn(name, types.get(name))));
    }

    /** @param other the name of the table that the target has */
    void failForTable(String other, String create) {
        throw LoadErrors.schema("the target has no table " + sql.schema() + "." + sql.table() + ", and a table " + other
                + ", whose name differs in case only; run: " + sql.renameTable(other)
                + "; or, if that is another table, create this one: " + create);
    }

    /** The column as it was loaded last; under another case if it was renamed so on both sides since. */
    static Optional<LoadedColumn> last(SchemaVersion version, String name, ExistingTable existing) {
        return version.column(name).or(() -> version.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .filter(column -> !existing.columns().containsKey(column.name()))
                .findFirst());
    }

    private static String joined(Map<String, String> names, String separator, Text text) {
        return names.entrySet().stream()
                .map(entry -> text.of(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(separator));
    }

    private interface Text {
        String of(String name, String other);
    }
}
