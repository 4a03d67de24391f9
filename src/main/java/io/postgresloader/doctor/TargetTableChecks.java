package io.postgresloader.doctor;

import io.postgresloader.doctor.TargetFacts.Relation;
import io.postgresloader.sql.Identifiers;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.target.ColumnDependents;
import io.postgresloader.target.RowTriggers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Examines the tables of the target that the list names, and the tracking tables: what would fail or change loads. */
final class TargetTableChecks {
    private static final String RULES =
            """
            SELECT c.relname AS name, r.rulename AS detail FROM pg_catalog.pg_rewrite r
            JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
            WHERE c.relnamespace = pg_catalog.to_regnamespace(?) AND c.relkind IN ('r', 'p') AND r.ev_type <> '1'
              AND r.ev_enabled <> 'D' ORDER BY 1, 2""";

    private static final String CHILDREN =
            """
            SELECT c.relname AS name, pg_catalog.format('%I.%I', n.nspname, h.relname) AS detail
            FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhparent
            JOIN pg_catalog.pg_class h ON h.oid = i.inhrelid JOIN pg_catalog.pg_namespace n ON n.oid = h.relnamespace
            WHERE c.relnamespace = pg_catalog.to_regnamespace(?) AND c.relkind = 'r' ORDER BY 1, 2""";

    private static final String WITHOUT_DEFAULT_PARTITION =
            """
            SELECT c.relname AS name, CASE p.partstrat WHEN 'l' THEN 'list' ELSE 'range' END AS detail
            FROM pg_catalog.pg_partitioned_table p JOIN pg_catalog.pg_class c ON c.oid = p.partrelid
            WHERE c.relnamespace = pg_catalog.to_regnamespace(?) AND p.partstrat <> 'h' AND p.partdefid = 0 ORDER BY 1""";

    /** Publications that publish updates or deletes, of tables whose rows have no identity to publish. */
    private static final String WITHOUT_IDENTITY =
            """
            SELECT c.relname AS name, pg_catalog.string_agg(DISTINCT p.pubname, ', ') AS detail
            FROM pg_catalog.pg_publication p JOIN pg_catalog.pg_publication_tables t ON t.pubname = p.pubname
            JOIN pg_catalog.pg_class c ON c.relname = t.tablename AND c.relnamespace = pg_catalog.to_regnamespace(?)
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = t.schemaname
            WHERE (p.pubupdate OR p.pubdelete) AND c.relreplident <> 'f' AND NOT EXISTS (
              SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid
                AND (c.relreplident = 'i' AND i.indisreplident OR c.relreplident = 'd' AND i.indisprimary))
            GROUP BY 1 ORDER BY 1""";

    private static final String DEFERRED =
            """
            SELECT c.relname AS name, k.conname AS detail, k.contype = 'f' AS foreign_key, k.condeferred AS deferred
            FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
            WHERE c.relnamespace = pg_catalog.to_regnamespace(?) AND k.conparentid = 0
              AND (k.condeferred OR k.condeferrable AND k.contype IN ('p', 'u')) ORDER BY 1, 2""";

    private static final String WITH_TRIGGERS =
            """
            SELECT DISTINCT coalesce(p.relname, c.relname) AS name
            FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            LEFT JOIN pg_catalog.pg_class p ON c.relispartition AND p.oid = pg_catalog.pg_partition_root(c.oid)
            WHERE coalesce(p.relnamespace, c.relnamespace) = pg_catalog.to_regnamespace(?) AND NOT t.tgisinternal
            ORDER BY 1""";

    private static final Set<String> TRACKING = Set.of("etl_load_status", "etl_table_metrics", "etl_dead_letter");

    private final TargetFacts facts;
    private final Set<String> tables;

    private TargetTableChecks(Examined examined, TargetFacts facts) {
        this.facts = facts;
        this.tables = new HashSet<>(examined.tables());
    }

    static List<Examination> of(Examined examined, TargetFacts facts) {
        TargetTableChecks checks = new TargetTableChecks(examined, facts);
        return List.of(
                new Examination(Check.TABLE_KIND, "no view has the name of a table of the list", checks::kinds),
                new Examination(Check.TABLE_OWNER, "the role owns all tables that exist", checks::owners),
                new Examination(Check.TABLE_WRITE, "the role may read and write all tables that exist", checks::rights),
                new Examination(Check.TABLE_TRIGGERS, "no table has a trigger", checks::triggers),
                new Examination(Check.TABLE_RULES, "no table has a rule", checks::rules),
                new Examination(Check.TABLE_CHILDREN, "no table has a child table", checks::children),
                new Examination(Check.TABLE_PARTITIONS, "no partitioned table lacks partitions", checks::partitions),
                new Examination(Check.TABLE_ROW_SECURITY, "row security does not apply", checks::rowSecurity),
                new Examination(
                        Check.TABLE_PUBLICATION, "no published table lacks a replica identity", checks::publications),
                new Examination(Check.TABLE_DEFERRED, "no table has a deferred constraint", checks::deferred),
                new Examination(Check.TABLE_DEPENDENTS, "no object depends on a column", checks::dependents));
    }

    private List<Finding> kinds() {
        return existing((name, relation) -> !tables.contains(name) || relation.table()
                ? Optional.empty()
                : Optional.of(Check.TABLE_KIND
                        .fault("is a view or foreign table in the target, not a table; rename it, or remove the table"
                                + " from the table list")
                        .of(name)));
    }

    private List<Finding> owners() {
        String role = role();
        return existing((name, relation) -> relation.owned() || !relation.table()
                ? Optional.empty()
                : Optional.of(Check.TABLE_OWNER
                        .warning("belongs to " + relation.owner() + ": only its owner can add columns, widen them or"
                                + " create the index of its key")
                        .of(name)
                        .run("ALTER TABLE " + facts.warehouse().table(name) + " OWNER TO " + role)));
    }

    private List<Finding> rights() {
        String role = role();
        return existing((name, relation) -> relation.missingRights()
                .filter(missing -> relation.table())
                .map(missing -> Check.TABLE_WRITE
                        .fault("the role has no right " + missing)
                        .of(name)
                        .run("GRANT " + missing + " ON " + facts.warehouse().table(name) + " TO " + role)));
    }

    private List<Finding> rowSecurity() {
        String role = role();
        return existing((name, relation) -> relation.rowSecurity()
                ? Optional.of(Check.TABLE_ROW_SECURITY
                        .fault("row security applies to the role: PostgreSQL does not allow COPY into the table, and"
                                + " hides rows from comparisons; exempt the role")
                        .of(name)
                        .run(
                                relation.owned()
                                        ? "ALTER TABLE " + facts.warehouse().table(name)
                                                + " NO FORCE ROW LEVEL SECURITY"
                                        : "ALTER ROLE " + role + " BYPASSRLS"))
                : Optional.empty());
    }

    private String role() {
        return Identifiers.postgres(facts.row("SELECT current_user", row -> row.getString(1)));
    }

    private List<Finding> triggers() {
        List<String> with = facts.rows(WITH_TRIGGERS, row -> row.getString("name")).stream()
                .filter(tables::contains)
                .toList();
        return facts.read(
                target -> with.stream().flatMap(name -> triggers(name).stream()).toList());
    }

    private Optional<Finding> triggers(String table) {
        try {
            RowTriggers found =
                    facts.warehouse().onCurrentConnection(one -> RowTriggers.of(one, facts.warehouse(), table));
            return found.triggers().isEmpty()
                    ? Optional.empty()
                    : Optional.of(Check.TABLE_TRIGGERS
                            .warning("has triggers that can change, drop or redirect the loaded rows: "
                                    + found.described() + "; let them change no loaded column, or disable them")
                            .of(table)
                            .run(found.disable()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Finding> rules() {
        return named(RULES, (row, sql) -> Check.TABLE_RULES
                .fault("has the rule " + row.getString("detail") + ", which PostgreSQL applies to some of the loader's"
                        + " statements and not to others")
                .run(sql.dropRule(row.getString("detail"))));
    }

    private List<Finding> children() {
        return named(CHILDREN, (row, sql) -> Check.TABLE_CHILDREN
                .fault("has the child table " + row.getString("detail") + ", whose rows PostgreSQL reads as rows of the"
                        + " table, and whose keys its index does not cover")
                .run(sql.noInherit(row.getString("detail"))));
    }

    private List<Finding> partitions() {
        return named(WITHOUT_DEFAULT_PARTITION, (row, sql) -> Check.TABLE_PARTITIONS
                .warning("is partitioned by " + row.getString("detail") + " and has no default partition: a row without"
                        + " a partition becomes a dead letter; create one")
                .run("CREATE TABLE " + facts.warehouse().table(row.getString("name") + "_default") + " PARTITION OF "
                        + facts.warehouse().table(row.getString("name")) + " DEFAULT"));
    }

    private List<Finding> publications() {
        return named(WITHOUT_IDENTITY, (row, sql) -> Check.TABLE_PUBLICATION
                .fault("is published by " + row.getString("detail") + " and has no replica identity: PostgreSQL allows"
                        + " no UPDATE or DELETE of its rows")
                .run("ALTER TABLE " + facts.warehouse().table(row.getString("name")) + " REPLICA IDENTITY FULL"));
    }

    private List<Finding> deferred() {
        return named(DEFERRED, (row, sql) -> {
            String constraint = row.getString("detail");
            Finding found = Check.TABLE_DEFERRED.warning("the constraint " + constraint
                    + (row.getBoolean("deferred")
                            ? " is deferred: rows that violate it are found when a chunk is committed; make it"
                                    + " INITIALLY IMMEDIATE"
                            : " is deferrable: PostgreSQL cannot upsert by it; make it NOT DEFERRABLE, if it is that"
                                    + " of the key"));
            return row.getBoolean("foreign_key")
                    ? found.run("ALTER TABLE " + facts.warehouse().table(row.getString("name")) + " ALTER CONSTRAINT "
                            + Identifiers.postgres(constraint) + " INITIALLY IMMEDIATE")
                    : found;
        });
    }

    /** Views are usual in a warehouse, and a load names them when a column has to be widened. */
    private List<Finding> dependents() {
        Map<String, Set<String>> views = new LinkedHashMap<>();
        Map<String, Set<String>> others = new LinkedHashMap<>();
        facts.read(target -> new ColumnDependents(facts.warehouse()).ofAll()).stream()
                .filter(dependent -> tables.contains(dependent.table()))
                .forEach(dependent -> (dependent.view() ? views : others)
                        .computeIfAbsent(dependent.table(), name -> new TreeSet<>())
                        .add(dependent.object()));
        List<Finding> found = new ArrayList<>();
        if (!views.isEmpty()) {
            long number =
                    views.values().stream().flatMap(Set::stream).distinct().count();
            found.add(Check.TABLE_DEPENDENTS.ok(number + " views use columns of " + views.size()
                    + " tables; if the source widens such a column, drop the view for the time of one load"));
        }
        others.forEach((table, objects) -> found.add(Check.TABLE_DEPENDENTS
                .warning("if the source widens a column, PostgreSQL cannot, because of "
                        + objects.stream().collect(Collectors.joining(", "))
                        + ": rows that do not fit become dead letters until it is dropped")
                .of(table)));
        return found;
    }

    /** Makes a finding of a row with {@code name}, the table, and {@code detail}. */
    @FunctionalInterface
    private interface Named {
        Finding of(ResultSet row, SchemaSql sql) throws SQLException;
    }

    private List<Finding> named(String sql, Named finding) {
        return facts
                .rows(sql, row -> {
                    String name = row.getString("name");
                    return tables.contains(name)
                            ? Optional.of(finding.of(
                                            row, new SchemaSql(facts.warehouse().schema(), name))
                                    .of(name))
                            : Optional.<Finding>empty();
                })
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Of the tables and views of the list that exist, and of the tracking tables. */
    private List<Finding> existing(BiFunction<String, Relation, Optional<Finding>> check) {
        return facts.relations().entrySet().stream()
                .filter(one -> tables.contains(one.getKey()) || TRACKING.contains(one.getKey()))
                .map(one -> check.apply(one.getKey(), one.getValue()))
                .flatMap(Optional::stream)
                .toList();
    }
}
