package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import java.util.List;

/**
 * Finds what keeps PostgreSQL from changing the type of a column. Indexes, constraints, statistics and the column's own
 * default are no hindrance: PostgreSQL builds them again by itself.
 */
public final class ColumnDependents {
    /** A column of the partition key keeps its type for as long as the table exists. */
    public static final String PARTITION_KEY = "the partition key";

    private static final String ONE_COLUMN =
            """
              SELECT a.attrelid, a.attnum, '' AS relname
              FROM pg_catalog.pg_attribute a WHERE a.attrelid = pg_catalog.to_regclass(?) AND a.attname = ?""";

    private static final String ALL_COLUMNS =
            """
              SELECT a.attrelid, a.attnum, t.relname
              FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class t ON t.oid = a.attrelid
              WHERE t.relnamespace = pg_catalog.to_regnamespace(?) AND t.relkind IN ('r', 'p') AND a.attnum > 0""";

    /**
     * Objects that {@code pg_depend} records for the column, and for a column of the partition key that it belongs to
     * the table. The server's own descriptions are not used, since they are in the server's language.
     */
    private static final String DEPENDENTS =
            """
            WITH c AS (
            %s),
            d AS (
              SELECT DISTINCT c.relname, d.classid, d.objid, d.objsubid FROM pg_catalog.pg_depend d JOIN c
                ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = c.attrelid
                AND d.refobjsubid = c.attnum)
            SELECT d.relname, CASE v.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view '
                ELSE 'rule ' || pg_catalog.quote_ident(r.rulename) || ' on ' END || v.oid::regclass::text AS object,
                v.relkind IN ('v', 'm') AS view
              FROM d JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid
              JOIN pg_catalog.pg_class v ON v.oid = r.ev_class
            UNION SELECT d.relname, 'trigger ' || pg_catalog.quote_ident(t.tgname), false
              FROM d JOIN pg_catalog.pg_trigger t ON d.classid = 'pg_catalog.pg_trigger'::regclass AND t.oid = d.objid
              WHERE NOT t.tgisinternal
            UNION SELECT d.relname, 'policy ' || pg_catalog.quote_ident(p.polname), false
              FROM d JOIN pg_catalog.pg_policy p ON d.classid = 'pg_catalog.pg_policy'::regclass AND p.oid = d.objid
            UNION SELECT d.relname, 'function ' || p.oid::regprocedure::text, false
              FROM d JOIN pg_catalog.pg_proc p ON d.classid = 'pg_catalog.pg_proc'::regclass AND p.oid = d.objid
            UNION SELECT d.relname, 'the row filter of publication ' || pg_catalog.quote_ident(p.pubname), false
              FROM d JOIN pg_catalog.pg_publication_rel r
                ON d.classid = 'pg_catalog.pg_publication_rel'::regclass AND r.oid = d.objid
              JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
            UNION SELECT d.relname, 'generated column ' || pg_catalog.quote_ident(g.attname), false
              FROM d JOIN pg_catalog.pg_attrdef f ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND f.oid = d.objid
              JOIN pg_catalog.pg_attribute g ON g.attrelid = f.adrelid AND g.attnum = f.adnum AND g.attgenerated <> ''
            UNION SELECT d.relname, 'generated column ' || pg_catalog.quote_ident(g.attname), false
              FROM d JOIN c ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.attrelid
              JOIN pg_catalog.pg_attribute g ON g.attrelid = d.objid AND g.attnum = d.objsubid AND g.attgenerated <> ''
            UNION SELECT c.relname, 'the partition key', false
              FROM c JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = c.attrelid
              JOIN pg_catalog.pg_depend k ON k.classid = 'pg_catalog.pg_class'::regclass AND k.objid = c.attrelid
                AND k.objsubid = c.attnum
                AND k.refclassid = k.classid AND k.refobjid = c.attrelid AND k.refobjsubid = 0 AND k.deptype = 'i'
            ORDER BY 1, 2""";

    private final Warehouse warehouse;

    public ColumnDependents(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** What depends on a column of a table, such as {@code view raw.amounts}; empty: its type can change. */
    public List<String> of(String table, String column) {
        return warehouse
                .jdbc()
                .sql(DEPENDENTS.formatted(ONE_COLUMN))
                .params(warehouse.table(table), column)
                .query((row, number) -> row.getString("object"))
                .list();
    }

    /**
     * An object that depends on a column of a table.
     *
     * @param object such as {@code view raw.amounts}
     * @param view whether it is a view, materialized or not
     */
    public record Dependent(String table, String object, boolean view) {}

    /** What depends on any column of any table of the schema, by one statement. */
    public List<Dependent> ofAll() {
        return warehouse
                .jdbc()
                .sql(DEPENDENTS.formatted(ALL_COLUMNS))
                .param(warehouse.quotedSchema())
                .query((row, number) ->
                        new Dependent(row.getString("relname"), row.getString("object"), row.getBoolean("view")))
                .list();
    }

    /**
     * What an operator does so that the type of a column can change.
     *
     * @param dependents what depends on the column
     * @param statement the statement that changes the type
     */
    public static String cure(List<String> dependents, String statement) {
        if (dependents.contains(PARTITION_KEY)) {
            return "create the table again with that type";
        }
        return "drop " + String.join(", ", dependents) + ", run " + statement + "; and create "
                + (dependents.size() == 1 ? "it" : "them") + " again";
    }
}
