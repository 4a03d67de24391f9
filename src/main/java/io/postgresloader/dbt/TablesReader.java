package io.postgresloader.dbt;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.database.Source;
import io.postgresloader.database.Warehouse;
import io.postgresloader.load.SourceCheck;
import io.postgresloader.load.schema.KeyResolver;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.StampOptions;
import io.postgresloader.model.TableOptions;
import io.postgresloader.source.SourceComments;
import io.postgresloader.source.SourceSchema;
import io.postgresloader.target.DeclaredColumns;
import io.postgresloader.target.DeclaredColumns.Declared;
import io.postgresloader.tracking.StampedTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the declarations of tables on both sides, with a few queries for all of them. */
final class TablesReader {
    private static final String STAMP_TYPE = "timestamp with time zone";

    private final Catalog catalog;
    private final SourceCheck check;
    private final Map<String, SourceTable> sourceTables;
    private final SourceComments comments;
    private final Map<String, List<Declared>> columns;
    private final Set<String> stamped;

    TablesReader(Catalog catalog, Source source, Warehouse warehouse) {
        SourceSchema schema = new SourceSchema(source);
        this.catalog = catalog;
        this.check = new SourceCheck(catalog, schema);
        this.sourceTables = schema.tables();
        this.comments = SourceComments.read(source);
        this.columns = DeclaredColumns.read(warehouse);
        this.stamped = StampedTables.read(warehouse);
    }

    /**
     * What was read.
     *
     * @param problems why tables are left out, one line each
     */
    record Read(List<DbtTable> tables, List<String> problems) {}

    /** @param names tables of the table list */
    Read read(List<String> names) {
        List<DbtTable> tables = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            try {
                table(catalog.table(name).orElseThrow(), problems).ifPresent(tables::add);
            } catch (LoadFailedException e) {
                problems.add(e.failure().message());
            }
        }
        return new Read(tables, problems);
    }

    private Optional<DbtTable> table(TableOptions options, List<String> problems) {
        String name = options.table();
        SourceTable source = sourceTables.get(name);
        if (source == null || source.columns().isEmpty()) {
            throw check.absent(name);
        }
        Key key = KeyResolver.resolve(options, source, "");
        List<Declared> declared = columns.getOrDefault(name, List.of());
        boolean keyed = key.columns().stream().allMatch(column -> declared.stream()
                .anyMatch(found -> found.name().equals(column)));
        if (declared.isEmpty() || !keyed) {
            problems.add("table " + name + " is left out: the target "
                    + (declared.isEmpty() ? "does not have it" : "has no column of its key (" + key + ")")
                    + "; load it first with: once " + name);
            return Optional.empty();
        }
        return Optional.of(new DbtTable(
                options,
                key,
                comments.of(name),
                declared.stream()
                        .map(column -> new DbtColumn(
                                column.name(), column.type(), column.notNull(), comments.of(name, column.name())))
                        .toList(),
                stamp(options, declared),
                marksDeletes(source, declared)));
    }

    private static boolean marksDeletes(SourceTable source, List<Declared> declared) {
        return declared.stream().anyMatch(column -> column.name().equals(DeletePolicy.DELETED_AT))
                && !source.columnNames().contains(DeletePolicy.DELETED_AT);
    }

    /**
     * The column of the row stamp, if it is that of the loader: a column of this name that other programs fill, or that is
     * not stamped any more, says nothing about what a reader has not read yet.
     */
    private Optional<String> stamp(TableOptions options, List<Declared> declared) {
        StampOptions stamp = options.columns().stamp();
        return declared.stream()
                .filter(column -> stamp.use() != StampOptions.Use.OFF && stamped.contains(options.table()))
                .filter(column -> column.name().equals(stamp.column()))
                .filter(column -> column.type().equals(STAMP_TYPE) && column.defaultsToNow())
                .map(Declared::name)
                .findFirst();
    }
}
