package io.postgresloader.load.schema;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.SchemaVersion;
import io.postgresloader.model.SchemaVersion.LoadedColumn;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.source.HiddenColumns;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Requires that the source's user may read the columns of a table. The source does not list the others, as if they did
 * not exist: they would be missing in a new table, and NULL in the new rows of a loaded or adopted one.
 */
final class ReadableColumns {
    private final LoadServices services;
    private final TableOptions options;
    private final SourceTable source;

    ReadableColumns(LoadServices services, TableOptions options, SourceTable source) {
        this.services = services;
        this.options = options;
        this.source = source;
    }

    /**
     * @param before the schema version that was recorded last; empty for a table that is new or to be adopted
     * @return what an operator should know about columns that cannot be seen
     * @throws LoadFailedException of kind SCHEMA with the GRANT that is missing
     */
    List<String> check(Optional<SchemaVersion> before) {
        Stream<String> loaded =
                before.stream().flatMap(version -> version.columns().stream()).map(LoadedColumn::name);
        Stream<String> configured = Stream.concat(options.primaryKey().stream(), options.cursors().columns().stream());
        requireRights(Stream.concat(loaded, configured));
        return before.isPresent()
                ? List.of()
                : services.sourceSchema()
                        .hiddenColumns(source.name())
                        .map(this::checkFirstLoad)
                        .orElse(List.of());
    }

    private void requireRights(Stream<String> columns) {
        columns.filter(this::notListed).forEach(column -> services.sourceSchema()
                .missingRight(source.name(), column)
                .ifPresent(grant -> {
                    throw LoadErrors.schema("table " + source.name() + ": column " + column
                            + " exists, and the source's user has no right to read it; run: " + grant
                            + "; or name the column in exclude_columns");
                }));
    }

    private boolean notListed(String column) {
        return source.column(column).isEmpty() && !options.columns().excludes(column);
    }

    /** The server says that some columns are hidden, and where, but not their names. Excluded ones may be. */
    private List<String> checkFirstLoad(HiddenColumns hidden) {
        List<String> excluded = options.columns().excluded().stream()
                .filter(column -> source.column(column).isEmpty())
                .sorted()
                .toList();
        List<String> inTarget = hiddenInTarget();
        if (hidden.moreThan(excluded.size()) || !inTarget.isEmpty()) {
            String names = inTarget.isEmpty() ? hidden.places() : String.join(", ", inTarget);
            throw LoadErrors.schema(
                    "table " + source.name() + " has columns that the source's user has no right to read (" + names
                            + "); run: " + hidden.grant() + "; or name each of them in exclude_columns");
        }
        return List.of("only columns that the source's user may read are loaded: exclude_columns names "
                + String.join(", ", excluded)
                + ", and the source does not show whether there are others that the user may not read; to be sure, run: "
                + hidden.grant());
    }

    /** Columns of a table to be adopted that are hidden. On MySQL, they may also be the target's own. */
    private List<String> hiddenInTarget() {
        return services
                .targetTables()
                .find(source.name())
                .map(existing -> existing.columns().keySet())
                .orElse(Set.of())
                .stream()
                .filter(this::notListed)
                .filter(column -> services.sourceSchema()
                        .missingRight(source.name(), column)
                        .isPresent())
                .toList();
    }
}
