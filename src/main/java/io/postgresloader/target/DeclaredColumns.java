package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the columns of all tables of the target with one query, as they are declared for other programs. */
public final class DeclaredColumns {
    private static final String COLUMNS =
            """
            SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
              pg_get_expr(d.adbin, d.adrelid) IN ('now()', 'CURRENT_TIMESTAMP') AS defaults_to_now
            FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY c.relname, a.attnum""";

    private DeclaredColumns() {}

    /**
     * A column.
     *
     * @param type its type as PostgreSQL spells it, the length included
     * @param notNull whether it is declared NOT NULL
     * @param defaultsToNow whether a row that brings no value gets the start of its transaction
     */
    public record Declared(String name, String type, boolean notNull, boolean defaultsToNow) {}

    /** The columns of each table or view, in their order. */
    public static Map<String, List<Declared>> read(Warehouse warehouse) {
        JdbcClient target = warehouse.jdbc();
        Map<String, List<Declared>> columns = new LinkedHashMap<>();
        target.sql(COLUMNS).param(warehouse.schema()).query(row -> {
            columns.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                    .add(new Declared(row.getString(2), row.getString(3), row.getBoolean(4), row.getBoolean(5)));
        });
        return columns;
    }
}
