package io.postgresloader.load.schema;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.Key;
import io.postgresloader.model.SchemaVersion;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.target.ColumnDependents;
import io.postgresloader.target.TargetNames;
import io.postgresloader.type.KeyFormat;
import io.postgresloader.type.RowFormat;
import io.postgresloader.type.UnmappedTypeException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the definition of a table on both sides, without changing anything. */
public final class TableInspector {
    private final LoadServices services;
    private final Function<String, Optional<SchemaVersion>> versions;

    public TableInspector(LoadServices services) {
        this(services, services.schemaVersions()::newest);
    }

    /** @param versions what each table looked like when it was last made ready */
    public TableInspector(LoadServices services, Function<String, Optional<SchemaVersion>> versions) {
        this.services = services;
        this.versions = versions;
    }

    /**
     * A table that needs no change in the target before its rows can be compared with the source's.
     *
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA when it does, or when the operator must
     *     decide
     */
    public PreparedTable ready(TableOptions options) {
        Preparation preparation = inspect(options, false);
        if (!preparation.change().alreadyApplied()) {
            throw LoadErrors.schema("table " + options.table() + " is not as the last load left it ("
                    + String.join("; ", preparation.change().changes()) + "); load it first with: once "
                    + options.table());
        }
        return preparation.table();
    }

    /**
     * @param keyMayChange whether a full load was asked for, which accepts another key than before
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA when the operator must decide; the
     *     message says what to do
     */
    public Preparation inspect(TableOptions options, boolean keyMayChange) {
        SourceTable source = source(options);
        Key key = KeyResolver.resolve(options, source, place(options));
        key.columns().stream().filter(options.columns()::excludes).findFirst().ifPresent(column -> {
            throw LoadErrors.schema("table " + options.table() + ": exclude_columns names " + column
                    + ", a column of the key (" + key + "); remove it from the list");
        });
        SourceTable loaded = source.without(options.columns().excluded());
        TargetNames.require(options.table(), loaded.columnNames());
        Optional<SchemaVersion> before = versions.apply(options.table());
        if (!keyMayChange) {
            before.ifPresent(version -> requireSameKey(source, version, key));
        }
        try {
            SchemaChange change = plan(options, loaded, key, before);
            requireBytea(loaded, change.version());
            return new Preparation(
                    new PreparedTable(
                            options, loaded, key, change.rowFormat(), new KeyFormat(loaded, key), change.removal()),
                    change);
        } catch (UnmappedTypeException e) {
            throw LoadErrors.schema("table " + options.table() + ": " + e.getMessage());
        }
    }

    private String place(TableOptions options) {
        Catalog catalog = services.catalog().get();
        Integer line = catalog.lines().get(options.table() + ".primary_key");
        return line == null ? "" : catalog.file() + ":" + line + ": ";
    }

    private SourceTable source(TableOptions options) {
        return services.sourceSchema()
                .table(options.table())
                .orElseThrow(() -> LoadErrors.schema("table " + options.table()
                        + " does not exist in the source; restore it, or remove it from the table list"));
    }

    private SchemaChange plan(TableOptions table, SourceTable source, Key key, Optional<SchemaVersion> before) {
        ColumnOptions options = table.columns().forKey(key);
        RowFormat natural = RowFormat.of(source, options);
        return new SchemaDiff(
                        source,
                        key,
                        natural,
                        before,
                        uses(source.name(), table.columns()),
                        table.deletes().policy(),
                        new SchemaSql(services.targetTables().schema(), source.name()))
                .plan(services.targetTables().find(source.name()), types -> natural.to(types, options));
    }

    private SchemaDiff.ColumnUses uses(String table, ColumnOptions options) {
        return new SchemaDiff.ColumnUses() {
            @Override
            public boolean excluded(String column) {
                return options.excludes(column);
            }

            @Override
            public long values(String column) {
                return options.purgeExcluded() ? 0 : services.targetTables().values(table, column);
            }

            @Override
            public List<String> dependentsOf(String column) {
                return new ColumnDependents(services.warehouse()).of(table, column);
            }

            @Override
            public boolean deadLettersFor(String column) {
                return services.deadLetters().openFor(table, column);
            }

            @Override
            public Optional<String> tableInOtherCase() {
                return services.targetTables().inOtherCase(table).stream()
                        .filter(other -> services.catalog().get().table(other).isEmpty())
                        .findFirst();
            }
        };
    }

    /** A binary key is looked up by its bytes, so its target column must hold them unchanged. */
    private static void requireBytea(SourceTable source, SchemaVersion version) {
        version.key().columns().stream()
                .filter(column -> source.column(column).orElseThrow().dataType().endsWith("binary"))
                .map(column -> version.column(column).orElseThrow())
                .filter(column -> !column.targetType().equals("bytea"))
                .findFirst()
                .ifPresent(column -> {
                    throw LoadErrors.schema("table " + source.name() + ": key column " + column.name() + " is "
                            + column.sourceType() + " in the source and " + column.targetType()
                            + " in the target; make it bytea there");
                });
    }

    private void requireSameKey(SourceTable source, SchemaVersion before, Key now) {
        // A key column that was renamed in case only is the target's matter.
        if (before.key().toString().equalsIgnoreCase(now.toString())) {
            return;
        }
        String again = "; then load the table again with: once " + source.name() + " --full";
        List<String> dropped = before.key().columns().stream()
                .filter(column -> source.column(column).isEmpty())
                .toList();
        List<String> added = now.columns().stream()
                .filter(column -> before.column(column).isEmpty())
                .toList();
        if (dropped.size() == 1 && added.size() == 1) {
            SchemaSql sql = new SchemaSql(services.targetTables().schema(), source.name());
            throw LoadErrors.schema(
                    "table " + source.name() + ": its key column " + dropped.get(0) + " seems to be called "
                            + added.get(0) + " now; run: " + sql.renameColumn(dropped.get(0), added.get(0)) + again);
        }
        throw LoadErrors.schema("table " + source.name() + ": its key changed from (" + before.key() + ") to (" + now
                + "): rows with the old key would stay in the target in addition to the new ones; delete them there"
                + again);
    }
}
