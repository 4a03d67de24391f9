package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import io.postgresloader.sql.SchemaSql;
import java.util.List;

/**
 * Finds tables that a publication contains and that have nothing to name their rows by: PostgreSQL does not allow an
 * update, a delete or an upsert of such a table. It only reads the catalog.
 */
public final class ReplicaIdentity {
    /**
     * The table, or its partitions: each has an identity of its own. The default identity is the primary key; a unique
     * index can be one if none of its columns may be NULL.
     */
    private static final String MISSING =
            """
            WITH tables AS (
              SELECT to_regclass(?)::oid AS oid UNION SELECT relid FROM pg_partition_tree(to_regclass(?)))
            SELECT n.nspname AS schema, c.relname AS name,
              (SELECT x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
                WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL
                AND i.indexprs IS NULL AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid
                  AND a.attnum = ANY (i.indkey) AND NOT a.attnotnull) ORDER BY x.oid LIMIT 1) AS unique_index,
              p.names AS publications
            FROM tables t JOIN pg_class c ON c.oid = t.oid JOIN pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL (SELECT string_agg(p.pubname, ', ' ORDER BY p.pubname) FROM pg_publication p
              WHERE (p.pubupdate OR p.pubdelete) AND EXISTS (SELECT 1 FROM pg_get_publication_tables(p.pubname::text) g
                WHERE g.relid IN (SELECT oid FROM tables))) p (names)
            WHERE c.relkind = 'r' AND p.names IS NOT NULL AND c.relreplident <> 'f' AND NOT EXISTS (
              SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid
              AND CASE c.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident END)
            ORDER BY 1, 2""";

    private final Warehouse warehouse;

    public ReplicaIdentity(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * What is missing, each with the statement that adds it.
     *
     * @return empty: PostgreSQL allows all changes of rows, as far as publications are concerned
     */
    public List<String> missing(String table) {
        return warehouse
                .jdbc()
                .sql(MISSING)
                .params(warehouse.table(table), warehouse.table(table))
                .query((row, number) -> {
                    String name = row.getString("schema") + "." + row.getString("name");
                    String publications = row.getString("publications");
                    return "table " + name + " is in the publication" + (publications.contains(", ") ? "s " : " ")
                            + publications + ", which publishes updates or deletes, and has no replica identity to name"
                            + " the rows by; run: "
                            + new SchemaSql(row.getString("schema"), row.getString("name"))
                                    .replicaIdentity(row.getString("unique_index"));
                })
                .list();
    }
}
