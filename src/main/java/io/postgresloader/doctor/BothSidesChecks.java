package io.postgresloader.doctor;

import io.postgresloader.model.Key;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.sql.Identifiers;
import io.postgresloader.sql.SchemaSql;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares what the two sides declare: names, columns and keys of the tables, and the sizes of both. */
final class BothSidesChecks {
    /** Columns that a load cannot write, or must write: of the kinds that {@link #obstacle} explains. */
    private static final String COLUMNS =
            """
            SELECT c.relname AS name, a.attname AS column,
              CASE WHEN a.attgenerated <> '' THEN 'generated' WHEN a.attidentity = 'a' THEN 'identity' ELSE 'required' END
                AS kind
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = pg_catalog.to_regnamespace(?) AND c.relkind IN ('r', 'p') AND a.attnum > 0
              AND NOT a.attisdropped AND (a.attgenerated <> '' OR a.attidentity = 'a'
                OR a.attnotnull AND NOT a.atthasdef AND a.attidentity = '') ORDER BY c.relname, a.attnum""";

    /** Text columns that take several spellings for equal. */
    private static final String FOLDED =
            """
            SELECT c.relname AS name, a.attname AS column
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
            LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
            WHERE c.relnamespace = pg_catalog.to_regnamespace(?) AND c.relkind IN ('r', 'p') AND a.attnum > 0
              AND NOT a.attisdropped AND ('citext' IN (t.typname, b.typname) OR NOT l.collisdeterministic)""";

    private static final String NAMES =
            """
            SELECT c.relname AS name, a.attname AS column
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = pg_catalog.to_regnamespace(?) AND c.relkind IN ('r', 'p') AND a.attnum > 0
              AND NOT a.attisdropped ORDER BY c.relname, a.attnum""";

    private static final String SIZE =
            """
            SELECT pg_catalog.pg_database_size(pg_catalog.current_database()) AS bytes, t.spcname AS tablespace
            FROM pg_catalog.pg_database d JOIN pg_catalog.pg_tablespace t ON t.oid = d.dattablespace
            WHERE d.datname = pg_catalog.current_database()""";

    private final Examined examined;
    private final SourceFacts source;
    private final TargetFacts target;

    private BothSidesChecks(Examined examined, SourceFacts source, TargetFacts target) {
        this.examined = examined;
        this.source = source;
        this.target = target;
    }

    static List<Examination> of(Examined examined, SourceFacts source, TargetFacts target) {
        BothSidesChecks checks = new BothSidesChecks(examined, source, target);
        return List.of(
                Examination.of(Check.TARGET_DISK, checks::disk),
                new Examination(Check.TABLE_CASE, "no name in the target differs in case only", checks::otherCase),
                new Examination(
                        Check.TABLE_VALUES, "all columns that exist in the target can be written", checks::values),
                new Examination(
                        Check.TABLE_FOLDED_KEY,
                        "no key of the target takes different keys of the source for equal",
                        checks::foldedKeys));
    }

    /** What is free on the disk, PostgreSQL does not say. */
    private Finding disk() {
        long bytes = examined.tables().stream()
                .map(source.relations()::get)
                .filter(Objects::nonNull)
                .mapToLong(SourceFacts.Relation::bytes)
                .sum();
        return target.row(
                SIZE,
                row -> Check.TARGET_DISK.ok("the tables take about " + Sizes.of(bytes)
                        + " in the source; the target database has " + Sizes.of(row.getLong("bytes"))
                        + " in tablespace "
                        + row.getString("tablespace") + "; PostgreSQL does not show how much room the disk has"));
    }

    private List<Finding> otherCase() {
        List<Finding> found = new ArrayList<>();
        for (String table : examined.tables()) {
            if (!target.relations().containsKey(table)) {
                target.relations().keySet().stream()
                        .filter(table::equalsIgnoreCase)
                        .filter(other -> examined.catalog().table(other).isEmpty())
                        .findFirst()
                        .map(other -> Check.TABLE_CASE
                                .fault("the target has a table " + other + ", whose name differs in case only")
                                .of(table)
                                .run(sql(table).renameTable(other)))
                        .ifPresent(found::add);
            }
        }
        found.addAll(columnsInOtherCase());
        return found;
    }

    private List<Finding> columnsInOtherCase() {
        Map<String, Set<String>> existing =
                target.rows(NAMES, row -> Map.entry(row.getString("name"), row.getString("column"))).stream()
                        .filter(column -> examined.tables().contains(column.getKey()))
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey,
                                TreeMap::new,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toCollection(LinkedHashSet::new))));
        List<Finding> found = new ArrayList<>();
        existing.forEach((table, columns) -> Optional.ofNullable(source.tables().get(table))
                .map(SourceTable::columnNames)
                .ifPresent(names -> names.stream()
                        .filter(name -> !columns.contains(name))
                        .forEach(name -> columns.stream()
                                .filter(name::equalsIgnoreCase)
                                .filter(other -> !names.contains(other))
                                .findFirst()
                                .map(other -> columnInOtherCase(table, name, other))
                                .ifPresent(found::add))));
        return found;
    }

    private Finding columnInOtherCase(String table, String name, String other) {
        return Check.TABLE_CASE
                .fault("the column " + other + " of the target and the source's " + name + " differ in case only")
                .of(table)
                .run(sql(table).renameColumn(other, name));
    }

    private SchemaSql sql(String table) {
        return new SchemaSql(target.warehouse().schema(), table);
    }

    private List<Finding> values() {
        return target
                .rows(COLUMNS, row -> obstacle(row.getString("name"), row.getString("column"), row.getString("kind")))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Finding> obstacle(String table, String column, String kind) {
        if (!examined.tables().contains(table) || !source.tables().containsKey(table)) {
            return Optional.empty();
        }
        TableOptions options = examined.catalog().table(table).orElseThrow();
        boolean loaded = source.tables()
                .get(table)
                .without(options.columns().excluded())
                .columnNames()
                .contains(column);
        Optional<Finding> found =
                switch (kind) {
                    case "required" -> finding(
                            !loaded,
                            "requires a value for the column " + column + ", which the source does not have",
                            sql(table).dropNotNull(column));
                    case "generated" -> finding(
                            loaded,
                            "generates the column " + column
                                    + " itself; let it take values, or leave the column out with exclude_columns",
                            sql(table).dropExpression(column));
                    default -> finding(
                            loaded,
                            "takes no values for the column " + column,
                            sql(table).identityByDefault(column));
                };
        return found.map(one -> one.of(table));
    }

    private static Optional<Finding> finding(boolean applies, String message, String statement) {
        return applies ? Optional.of(Check.TABLE_VALUES.fault(message).run(statement)) : Optional.empty();
    }

    private List<Finding> foldedKeys() {
        return target.rows(FOLDED, row -> foldedKey(row.getString("name"), row.getString("column"))).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Finding> foldedKey(String table, String column) {
        if (!examined.tables().contains(table) || !inKey(table, column) || !distinguishes(table, column)) {
            return Optional.empty();
        }
        return Optional.of(Check.TABLE_FOLDED_KEY
                .warning("the key column " + column + " takes texts for equal in the target that the source"
                        + " distinguishes, such as a and A: only one of two such rows can be loaded")
                .of(table)
                .run("ALTER TABLE " + target.warehouse().table(table) + " ALTER COLUMN " + Identifiers.postgres(column)
                        + " TYPE text COLLATE \"default\""));
    }

    private boolean inKey(String table, String column) {
        SourceTable declared = source.tables().get(table);
        if (declared == null) {
            return false;
        }
        try {
            Key key = SourceKeyChecks.keyOf(examined.catalog().table(table).orElseThrow(), declared);
            return key.columns().contains(column);
        } catch (LoadFailedException noKey) {
            return false;
        }
    }

    /** Names of collations of the source end in {@code _ci} if they do not distinguish upper from lower case. */
    private boolean distinguishes(String table, String column) {
        return source.collation(table, column)
                .filter(collation -> !collation.endsWith("_ci"))
                .isPresent();
    }
}
