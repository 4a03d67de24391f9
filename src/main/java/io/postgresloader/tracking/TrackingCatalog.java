package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What PostgreSQL's catalog says of the schema that holds the tracking tables. */
final class TrackingCatalog {
    private final JdbcClient target;
    private final Warehouse warehouse;

    TrackingCatalog(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.warehouse = warehouse;
    }

    boolean hasSchema() {
        return target.sql("SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = ?)")
                .param(warehouse.schema())
                .query(Boolean.class)
                .single();
    }

    /** The columns of a table in their order; none: there is no such table. */
    List<String> columns(String table) {
        return target.sql("SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0"
                        + " AND NOT attisdropped ORDER BY attnum")
                .param(warehouse.table(table))
                .query(String.class)
                .list();
    }

    /** Whether ON CONFLICT can identify the rows of a table by this column alone. */
    boolean unique(String table, String column) {
        return target.sql("SELECT EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
                        + " AND a.attnum = i.indkey[0] WHERE i.indrelid = to_regclass(?) AND i.indisunique"
                        + " AND i.indnkeyatts = 1 AND i.indpred IS NULL AND i.indimmediate AND a.attname = ?)")
                .params(warehouse.table(table), column)
                .query(Boolean.class)
                .single();
    }

    /** Names of tables that begin so, the greatest first. */
    List<String> tablesLike(String prefix) {
        return target.sql("SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND c.relkind = 'r' AND starts_with(c.relname, ?) ORDER BY 1 DESC")
                .params(warehouse.schema(), prefix)
                .query(String.class)
                .list();
    }

    /** Views, by schema and name, that show one of these columns of a table; ours are not among them. */
    List<String> viewsOn(String table, List<String> columns) {
        return target.sql("SELECT DISTINCT format('%I.%I', n.nspname, v.relname) FROM pg_depend d JOIN pg_rewrite r"
                        + " ON r.oid = d.objid JOIN pg_class v ON v.oid = r.ev_class JOIN pg_namespace n"
                        + " ON n.oid = v.relnamespace JOIN pg_attribute a ON a.attrelid = d.refobjid"
                        + " AND a.attnum = d.refobjsubid WHERE d.classid = 'pg_rewrite'::regclass"
                        + " AND d.refclassid = 'pg_class'::regclass AND d.refobjid = to_regclass(?)"
                        + " AND a.attname = ANY (?) AND v.relname NOT IN ('etl_monitoring', 'etl_table_state',"
                        + " 'etl_freshness') ORDER BY 1")
                .params(warehouse.table(table), columns.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** Those of the tables that are there with at least one row's space, and that no load of ours has made ready. */
    long filled(List<String> tables) {
        String ready = columns("etl_schema_version").isEmpty()
                ? "false"
                : "EXISTS (SELECT 1 FROM " + warehouse.table("etl_schema_version")
                        + " v WHERE v.table_name = c.relname)";
        return target.sql("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND c.relname = ANY (?)"
                        + " AND pg_relation_size(c.oid) > 0 AND NOT " + ready)
                .params(warehouse.schema(), tables.toArray(String[]::new))
                .query(Long.class)
                .single();
    }
}
