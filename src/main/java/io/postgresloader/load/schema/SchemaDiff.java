package io.postgresloader.load.schema;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.model.Column;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Key;
import io.postgresloader.model.SchemaVersion;
import io.postgresloader.model.SchemaVersion.LoadedColumn;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.StampOptions;
import io.postgresloader.sql.Identifiers;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.target.ColumnDependents;
import io.postgresloader.target.ExistingTable;
import io.postgresloader.target.TargetColumn;
import io.postgresloader.type.RowFormat;
import io.postgresloader.type.SourceChange;
import io.postgresloader.type.Widening;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares a source table with the target's and with the last recorded version of both, and plans the changes. Columns
 * are added and widened, never dropped or narrowed; types that another program chose are kept. It changes nothing
 * itself.
 */
final class SchemaDiff {
    private final SourceTable source;
    private final Key key;
    private final RowFormat natural;
    private final Map<String, String> wanted;
    private final Optional<SchemaVersion> before;
    private final ColumnUses uses;
    private final DeletePolicy deletes;
    private final SchemaSql sql;
    private final StampColumn stampColumn;
    private final List<String> changes = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();
    private final List<String> backfill = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<LoadedColumn> columns = new ArrayList<>();

    /** What uses a column of the target table; queried only when the column changes. */
    interface ColumnUses {
        /** What depends on a column of the target table so that its type cannot change, each with its kind. */
        List<String> dependentsOf(String column);

        /** Whether rows wait as dead letters because of a column. */
        boolean deadLettersFor(String column);

        /** Whether the configuration excludes a column. */
        default boolean excluded(String column) {
            return false;
        }

        /** How many values the target has in a column that is excluded, if they are to stay. */
        default long values(String column) {
            return 0;
        }

        /** A table of the target, not in the table list, whose name differs from this table's in case only. */
        default Optional<String> tableInOtherCase() {
            return Optional.empty();
        }
    }

    /**
     * @param natural the types that the loader would create
     * @param before the schema version that was recorded last
     * @param uses what uses a column, queried only when it changes
     * @param deletes what happens to rows that were deleted in the source
     * @param stamp the column of the row stamp
     */
    SchemaDiff(
            SourceTable source,
            Key key,
            RowFormat natural,
            Optional<SchemaVersion> before,
            ColumnUses uses,
            DeletePolicy deletes,
            StampOptions stamp,
            SchemaSql sql) {
        this.source = source;
        this.key = key;
        this.natural = natural;
        this.wanted = natural.targetTypes();
        this.before = before;
        this.uses = uses;
        this.deletes = deletes;
        this.sql = sql;
        this.stampColumn = new StampColumn(stamp, source, sql);
    }

    /**
     * @param existing the table as the target has it
     * @param convert how rows are encoded for the types that the columns will have
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA when the operator must decide; the
     *     message says what to do
     */
    SchemaChange plan(Optional<ExistingTable> existing, Function<Map<String, String>, RowFormat> convert) {
        StampColumn.Planned stamp = stampColumn.plan(existing);
        TargetRequirements requirements =
                new TargetRequirements(source, sql, stamp.stamping().column());
        requirements.requireRoom(existing, deletes.marks());
        if (existing.isPresent()) {
            new NameCase(source, sql).require(existing.get(), wanted);
            requirements.check(existing.get(), key);
            source.columns().forEach(column -> fit(column, existing.get()));
            before.ifPresent(version -> version.columns().forEach(column -> noteIfDropped(column, existing.get())));
            existing.get().columns().keySet().forEach(this::noteIfExcluded);
            requireUniqueIndex(existing.get());
        } else {
            create(stamp.stamping());
        }
        stamp.statement().ifPresent(statements::add);
        stamp.change().ifPresent(changes::add);
        return result(convert, removal(existing), stamp.stamping());
    }

    /** A source column with this name holds data, so it cannot serve as the mark. */
    private DeletePolicy removal(Optional<ExistingTable> existing) {
        boolean ofSource = source.columnNames().contains(DeletePolicy.DELETED_AT);
        boolean there = existing.filter(table -> table.columns().containsKey(DeletePolicy.DELETED_AT))
                .isPresent();
        if (ofSource && deletes.marks()) {
            throw LoadErrors.schema(
                    "table " + source.name() + ": deletes: mark needs a column " + DeletePolicy.DELETED_AT
                            + " of its own, and the source has one of that name; use delete or ignore");
        }
        if (!there && deletes.marks()) {
            statements.add(sql.addColumn(DeletePolicy.DELETED_AT, "timestamptz"));
            changes.add("column " + DeletePolicy.DELETED_AT + " added, to mark rows that are deleted in the source");
        }
        return ofSource ? DeletePolicy.DELETE : deletes.removal(there);
    }

    private void create(Stamping stamping) {
        String create = sql.create(wanted, key.columns(), stamping.column());
        uses.tableInOtherCase().ifPresent(other -> new NameCase(source, sql).failForTable(other, create));
        statements.add(create);
        changes.add("table created");
        backfill.add("table created");
        source.columns().forEach(column -> columns.add(loaded(column, wanted.get(column.name()), true)));
    }

    private void fit(Column column, ExistingTable existing) {
        String name = column.name();
        String type = wanted.get(name);
        TargetColumn found = existing.columns().get(name);
        if (found == null) {
            statements.add(sql.addColumn(name, type));
            changes.add("column " + name + " added as " + type);
            backfill.add("column " + name + " added");
            columns.add(loaded(column, type, true));
            return;
        }
        Optional<LoadedColumn> last = before.flatMap(version -> NameCase.last(version, name, existing));
        boolean wantedType = natural.hasType(name, found.type());
        boolean ours = last.map(LoadedColumn::ours).orElse(wantedType);
        String actual = wantedType ? type : found.type();
        String fitting = ours ? widened(name, actual, type) : actual;
        columns.add(loaded(column, fitting, ours));
        last.ifPresent(loaded -> noteClock(loaded, name, fitting));
        if (before.isPresent() && last.isEmpty()) {
            changes.add("column " + name + " is new in the source; the target has it as " + fitting);
            backfill.add("column " + name + " is new");
        }
        if (last.isPresent() && !last.get().name().equals(name)) {
            changes.add("column " + last.get().name() + " is called " + name + " now");
        }
        if (last.isPresent() && !last.get().sameSourceType(column)) {
            changes.add("column " + name + " changed in the source from "
                    + last.get().sourceType() + " to " + column.spelled() + "; it is " + fitting + " in the target");
            if (!SourceChange.keepsValues(last.get().sourceType(), column.spelled())) {
                backfill.add("type of column " + name + " changed");
            }
        }
        if (!fitting.equals(actual) && uses.deadLettersFor(name)) {
            backfill.add("column " + name + " widened");
        }
    }

    private LoadedColumn loaded(Column column, String targetType, boolean ours) {
        return new LoadedColumn(column.name(), column.declared(), targetType, ours)
                .on(natural.wallClock(column.name()));
    }

    /**
     * PostgreSQL converts between types with and without a time zone by the zone of the session that changes the type,
     * which is not known.
     *
     * @param type the type of the column in the target once the statements have run
     */
    private void noteClock(LoadedColumn last, String name, String type) {
        if (!last.sourceType().startsWith("timestamp")) {
            return;
        }
        boolean instant = ColumnClocks.withTimeZone(type);
        if (instant != ColumnClocks.withTimeZone(last.targetType())) {
            backfill.add("time zone of " + name + " changed");
            return;
        }
        Optional<String> now = natural.wallClock(name).map(ZoneId::getId);
        if (!instant && !now.equals(last.wallClock())) {
            changes.add("values of column " + name + " are rewritten, from "
                    + last.wallClock().orElse("UTC") + " to " + now.orElse("UTC"));
            backfill.add("clock of " + name + " changed");
        }
    }

    /** The type of the column once the statements have run. */
    private String widened(String column, String actual, String type) {
        Optional<Widening> widening = Widening.of(actual, type, Identifiers.postgres(column));
        if (widening.isEmpty()) {
            return actual;
        }
        String statement = sql.changeType(column, type, widening.get().using());
        List<String> dependents = uses.dependentsOf(column);
        if (dependents.isEmpty()) {
            statements.add(statement);
            changes.add("column " + column + " widened from " + actual + " to " + type);
            return type;
        }
        String all = String.join(", ", dependents);
        notes.add("column " + column + " should become " + type + ", but "
                + all + (dependents.size() == 1 ? " depends" : " depend") + " on it: rows that do not fit into "
                + actual + " become dead letters; " + ColumnDependents.cure(dependents, statement));
        return actual;
    }

    private void noteIfDropped(LoadedColumn loaded, ExistingTable existing) {
        boolean renamed =
                source.column(loaded.name()).isPresent() && !existing.columns().containsKey(loaded.name());
        if (!renamed
                && !uses.excluded(loaded.name())
                && source.columns().stream().noneMatch(column -> column.name().equals(loaded.name()))) {
            changes.add(
                    "column " + loaded.name() + " was dropped in the source; it stays in the target, NULL in new rows");
        }
    }

    /** Said once: when a column that was loaded is excluded, and when a table of another loader is adopted. */
    private void noteIfExcluded(String column) {
        boolean last = before.map(version -> version.column(column).isPresent()).orElse(true);
        if (!last || !uses.excluded(column) || source.columnNames().contains(column)) {
            return;
        }
        String excluded = "column " + column + " is excluded by exclude_columns";
        changes.add(excluded + ": it stays in the target, NULL in new rows");
        long values = uses.values(column);
        if (values > 0) {
            notes.add(excluded + ", and the target has " + values + " values of it; to remove them set purge_excluded:"
                    + " true, or run: " + sql.clear(column));
        }
    }

    private void requireUniqueIndex(ExistingTable existing) {
        if (!key.none() && !existing.unique(key)) {
            statements.add(sql.uniqueIndex(key.columns()));
            changes.add("unique index on the key (" + key + ") created");
        }
    }

    private SchemaChange result(
            Function<Map<String, String>, RowFormat> convert, DeletePolicy removal, Stamping stamping) {
        Map<String, String> types = new LinkedHashMap<>();
        columns.forEach(column -> types.put(column.name(), column.targetType()));
        SchemaVersion last = before.orElse(null);
        boolean asBefore = statements.isEmpty()
                && last != null
                && last.columns().equals(columns)
                && last.key().equals(key);
        if (!asBefore && changes.isEmpty()) {
            changes.add(last == null ? "existing table adopted" : "types of the target or its key changed");
        }
        int number = last == null ? 1 : last.number() + 1;
        return new SchemaChange(
                changes,
                statements,
                backfill.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", backfill)),
                notes,
                asBefore ? last : new SchemaVersion(number, key, columns),
                asBefore,
                convert.apply(types),
                removal,
                stamping);
    }
}
