package io.postgresloader.load.schema;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.SourceCheck;
import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.SchemaVersion;
import io.postgresloader.model.SchemaVersion.LoadedColumn;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.source.SourceZone;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.target.ColumnDependents;
import io.postgresloader.target.ExistingTable;
import io.postgresloader.target.TargetNames;
import io.postgresloader.type.KeyFormat;
import io.postgresloader.type.RowFormat;
import io.postgresloader.type.UnmappedTypeException;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        Preparation preparation = inspect(options, false, false);
        if (!preparation.change().alreadyApplied()) {
            throw LoadErrors.schema("table " + options.table() + " is not as the last load left it ("
                    + String.join("; ", preparation.change().changes()) + "); load it first with: once "
                    + options.table());
        }
        return preparation.table();
    }

    /**
     * A table whose rows can be compared with the source's, although no load has prepared it: another loader has filled
     * it, and the target has all of its columns.
     *
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA when the table must be loaded first, or when
     *     the operator must decide
     */
    public PreparedTable comparable(TableOptions options) {
        boolean neverLoaded = versions.apply(options.table()).isEmpty();
        if (!neverLoaded) {
            return ready(options);
        }
        PreparedTable table = inspect(options, false, false).table();
        Set<String> inTarget = services.targetTables()
                .find(options.table())
                .map(existing -> existing.columns().keySet())
                .orElse(Set.of());
        List<String> missing = table.source().columnNames().stream()
                .filter(column -> !inTarget.contains(column))
                .toList();
        if (!missing.isEmpty()) {
            throw LoadErrors.schema("table " + options.table() + " cannot be compared yet: the target has no column "
                    + String.join(", ", missing) + "; load it first with: once " + options.table());
        }
        // The first load adds the column of the mark; until then no row is marked.
        return inTarget.contains(DeletePolicy.DELETED_AT) ? table : table.removing(DeletePolicy.DELETE);
    }

    /**
     * @param keyMayChange whether a full load was asked for, which accepts another key than before
     * @param clockMayChange whether an operator accepts that another clock of TIMESTAMP columns rewrites their values
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA when the operator must decide; the
     *     message says what to do
     */
    public Preparation inspect(TableOptions options, boolean keyMayChange, boolean clockMayChange) {
        SourceTable source = source(options);
        Optional<SchemaVersion> before = versions.apply(options.table());
        List<String> hidden = new ReadableColumns(services, options, source).check(before);
        sourceCheck().requireColumns(options, source);
        Key key = KeyResolver.resolve(options, source, place(options));
        SourceTable loaded = source.without(options.columns().excluded());
        TargetNames.require(options.table(), loaded.columnNames());
        if (!keyMayChange) {
            before.ifPresent(version -> requireSameKey(source, version, key));
        }
        try {
            Planned planned = plan(options, loaded, key, before, clockMayChange);
            SchemaChange change = planned.change();
            requireSameBytes(loaded, change.version());
            return new Preparation(
                    new PreparedTable(
                            options,
                            loaded,
                            key,
                            change.rowFormat().onPages(services.targetTables()::pageBytes),
                            new KeyFormat(loaded, key),
                            planned.folded(),
                            change.removal(),
                            change.stamping().column()),
                    change.describing(hidden),
                    planned.survey());
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
        SourceTable source = services.sourceSchema().table(options.table()).orElseThrow(() -> sourceCheck()
                .absent(options.table()));
        if (source.columns().isEmpty()) {
            throw LoadErrors.schema("table " + options.table() + " is damaged in the source: its definition cannot be"
                    + " read; run CHECK TABLE there, and restore it from a backup");
        }
        return source;
    }

    private SourceCheck sourceCheck() {
        return new SourceCheck(services.catalog().get(), services.sourceSchema());
    }

    private record Planned(SchemaChange change, Preparation.Survey survey, Map<String, String> folded) {}

    private Planned plan(
            TableOptions table, SourceTable source, Key key, Optional<SchemaVersion> before, boolean clockMayChange) {
        ColumnOptions options = table.columns().forKey(key);
        RowFormat utc = RowFormat.of(source, options);
        Optional<ExistingTable> existing = services.targetTables().find(source.name());
        ColumnClocks clocks = new ColumnClocks(
                table, source, key, before, existing, services.catalog().get(), this::zone);
        AdoptionSurvey survey = new AdoptionSurvey(
                source, before.isEmpty() ? sample(table, source, key, existing, utc) : SampledRows.NONE);
        List<String> columns = clocks.columns(utc);
        Map<String, ZoneId> zones = clocks.decide(columns, clocks.found(columns, survey), clockMayChange);
        RowFormat natural = utc.onWallClocks(zones);
        SchemaChange change = new SchemaDiff(
                        source,
                        key,
                        natural,
                        before,
                        uses(source.name(), table.columns()),
                        table.deletes().policy(),
                        table.columns().stamp(),
                        new SchemaSql(services.targetTables().schema(), source.name()))
                .plan(existing, types -> natural.to(types, options));
        survey.compare(zones, change.rowFormat().targetTypes());
        return new Planned(
                change.describing(survey.findings()),
                new Preparation.Survey(
                        survey.findings(),
                        survey.obstacle(services.settings().loading().maxRewrite())),
                existing.map(found -> found.folded(key)).orElse(Map.of()));
    }

    /** Rows of a table that another loader has filled; none of a table that the loader creates, or without a key. */
    private SampledRows sample(
            TableOptions table, SourceTable source, Key key, Optional<ExistingTable> existing, RowFormat utc) {
        if (key.none() || existing.filter(ExistingTable::table).isEmpty()) {
            return SampledRows.NONE;
        }
        Map<String, String> types = new HashMap<>();
        existing.get().columns().forEach((name, column) -> types.put(name, column.type()));
        PreparedTable prepared = new PreparedTable(
                table,
                source,
                key,
                utc.to(types, table.columns().forKey(key)),
                new KeyFormat(source, key),
                existing.get().folded(key),
                DeletePolicy.DELETE,
                Optional.empty());
        try {
            return SampledRows.read(services, prepared, existing.get());
        } catch (SQLException e) {
            throw new LoadFailedException(SqlFailures.of(e));
        }
    }

    private SourceZone zone() {
        return SourceZone.of(services.source());
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

    /** A key is looked up by its bytes or bits, so its target column must hold them unchanged. */
    private static void requireSameBytes(SourceTable source, SchemaVersion version) {
        version.key().columns().stream()
                .map(column -> version.column(column).orElseThrow())
                .forEach(column -> requireSameBytes(source, column));
    }

    private static void requireSameBytes(SourceTable source, LoadedColumn column) {
        String dataType = source.column(column.name()).orElseThrow().dataType();
        String needed = dataType.equals("bit") ? column.sourceType() : "bytea";
        if ((dataType.equals("bit") || dataType.endsWith("binary"))
                && !column.targetType().equals(needed)) {
            throw LoadErrors.schema("table " + source.name() + ": key column " + column.name() + " is "
                    + column.sourceType() + " in the source and " + column.targetType()
                    + " in the target; make it " + needed + " there");
        }
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
