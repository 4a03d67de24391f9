package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import io.postgresloader.sql.CompareSql;
import io.postgresloader.sql.Identifiers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how the target's tables are declared, and runs statements that change them. */
public final class TargetTables {
    /**
     * The types of extensions may be in any schema, and are spelled without it. Their operators are not found by name:
     * the one that is equality for a unique index (btree, 403; strategy 3) is named with its schema.
     */
    private static final String COLUMNS =
            """
            SELECT a.attname AS name, c.relkind IN ('r', 'p') AS is_table,
              c.relkind IN ('r', 'p') AND c.relhasrules AS has_rules,
              c.relkind = 'r' AND c.relhassubclass AS has_children,
              CASE WHEN c.relrowsecurity AND row_security_active(c.oid) THEN current_user END AS secured,
              pg_has_role(c.relowner, 'USAGE') AS owned, c.relnatts AS numbers,
              CASE WHEN coalesce(b.typtype, t.typtype) = 'e' THEN 'enum'
                WHEN s.nspname = 'pg_catalog' THEN f.spelled ELSE substr(f.spelled, length(quote_ident(s.nspname)) + 2)
              END AS type,
              a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS required,
              CASE WHEN a.attgenerated <> '' THEN 'GENERATED' WHEN a.attidentity = 'a' THEN 'IDENTITY' ELSE 'YES' END
                AS writable,
              CASE WHEN x.nspname <> 'pg_catalog' THEN format('OPERATOR(%I.%s)', x.nspname, o.oprname)
                WHEN NOT l.collisdeterministic THEN '=' END AS folds,
              pg_get_expr(d.adbin, d.adrelid) IN ('now()', 'CURRENT_TIMESTAMP') AS defaults_to_now
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'
            JOIN pg_namespace s ON s.oid = coalesce(b.typnamespace, t.typnamespace)
            LEFT JOIN pg_opclass k ON k.opcintype = coalesce(b.oid, t.oid) AND k.opcdefault AND k.opcmethod = 403
            LEFT JOIN pg_amop m ON m.amopfamily = k.opcfamily AND m.amopstrategy = 3
              AND m.amoplefttype = k.opcintype AND m.amoprighttype = k.opcintype
            LEFT JOIN pg_operator o ON o.oid = m.amopopr LEFT JOIN pg_namespace x ON x.oid = o.oprnamespace
            LEFT JOIN pg_collation l ON l.oid = a.attcollation
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated = ''
            CROSS JOIN LATERAL format_type(coalesce(b.oid, t.oid),
              CASE WHEN b.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) f (spelled)
            WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum""";

    /** Unique indexes of whole columns and every row: ON CONFLICT can use those that are checked at once. */
    private static final String UNIQUE_INDEXES =
            """
            SELECT (SELECT string_agg(a.attname, chr(10)) FROM pg_attribute a
              WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1])) AS columns,
              i.indimmediate AS immediate, i.indisprimary AS is_primary, x.relname AS name
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_class x ON x.oid = i.indexrelid
            WHERE n.nspname = ? AND c.relname = ? AND i.indisunique AND i.indisvalid
              AND i.indpred IS NULL AND i.indexprs IS NULL""";

    private static final String RULES =
            """
            SELECT rulename, CASE ev_type WHEN '2' THEN 'UPDATE' WHEN '3' THEN 'INSERT' ELSE 'DELETE' END
            FROM pg_rewrite WHERE ev_class = to_regclass(?) AND ev_type <> '1' AND ev_enabled <> 'D'
            ORDER BY rulename""";

    private static final String CHILDREN =
            """
            SELECT format('%I.%I', n.nspname, c.relname) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE i.inhparent = to_regclass(?) ORDER BY 1""";

    private final JdbcClient target;
    private final Warehouse warehouse;

    public TargetTables(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.warehouse = warehouse;
    }

    public String schema() {
        return warehouse.schema();
    }

    /** The table as it is now; empty when there is none of that name. */
    public Optional<ExistingTable> find(String table) {
        List<Map.Entry<TargetColumn, Traits>> columns = target.sql(COLUMNS)
                .params(warehouse.schema(), table)
                .query((row, number) -> Map.entry(column(row), Traits.of(row)))
                .list();
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(existing(
                        table,
                        columns.stream().map(Map.Entry::getKey).toList(),
                        columns.get(0).getValue()));
    }

    private ExistingTable existing(String table, List<TargetColumn> columns, Traits traits) {
        Map<String, TargetColumn> named = new LinkedHashMap<>();
        columns.forEach(column -> named.put(column.name(), column));
        List<UniqueIndex> unique = uniqueIndexes(table);
        return new ExistingTable(
                traits.isTable(),
                named,
                unique.stream()
                        .filter(UniqueIndex::immediate)
                        .map(index -> index.key().columns())
                        .collect(Collectors.toSet()),
                traits.hasRules() ? rules(table) : List.of(),
                traits.hasChildren() ? children(table) : List.of(),
                unique.stream()
                        .filter(index -> !index.immediate())
                        .map(UniqueIndex::key)
                        .toList(),
                traits.rowSecurity(),
                traits.numbers());
    }

    private record Traits(
            boolean isTable,
            boolean hasRules,
            boolean hasChildren,
            Optional<ExistingTable.RowSecurity> rowSecurity,
            int numbers) {
        private static Traits of(ResultSet row) throws SQLException {
            String user = row.getString("secured");
            boolean owned = row.getBoolean("owned");
            return new Traits(
                    row.getBoolean("is_table"),
                    row.getBoolean("has_rules"),
                    row.getBoolean("has_children"),
                    Optional.ofNullable(user).map(name -> new ExistingTable.RowSecurity(name, owned)),
                    row.getInt("numbers"));
        }
    }

    private record UniqueIndex(ExistingTable.DeferrableKey key, boolean immediate) {}

    private List<ExistingTable.Rule> rules(String table) {
        return target.sql(RULES)
                .param(warehouse.table(table))
                .query((row, number) -> new ExistingTable.Rule(row.getString(1), row.getString(2)))
                .list();
    }

    private List<String> children(String table) {
        return target.sql(CHILDREN)
                .param(warehouse.table(table))
                .query(String.class)
                .list();
    }

    /** Whether there is a table, or a view, of that name, which may be one that the target cannot have. */
    public boolean exists(String table) {
        return target.sql("SELECT count(*) > 0 FROM pg_class WHERE relnamespace = to_regnamespace(?)"
                        + " AND relname = ?::text")
                .param(Identifiers.postgres(schema()))
                .param(table)
                .query(Boolean.class)
                .single();
    }

    /** How many rows have a value in a column. */
    public long values(String table, String column) {
        return target.sql("SELECT count(" + Identifiers.postgres(column) + ") FROM " + warehouse.table(table))
                .query(Long.class)
                .single();
    }

    /** Tables and views whose names differ from this one in case only. */
    public List<String> inOtherCase(String table) {
        return target.sql("SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND lower(c.relname) = lower(?) AND c.relname <> ?"
                        + " AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1")
                .params(warehouse.schema(), table, table)
                .query(String.class)
                .list();
    }

    /** The size of the server's pages, in bytes. */
    public int pageBytes() {
        return target.sql("SELECT current_setting('block_size')::int")
                .query(Integer.class)
                .single();
    }

    /** Whether a table has any row. */
    public boolean hasRows(String table) {
        return target.sql("SELECT EXISTS (SELECT 1 FROM " + warehouse.table(table) + ")")
                .query(Boolean.class)
                .single();
    }

    /**
     * Keeps other programs from giving a table new files or columns until the running transaction ends. Its rows can be
     * read and written.
     */
    public void hold(String table) {
        change(List.of("LOCK TABLE " + warehouse.table(table) + " IN ACCESS SHARE MODE"));
    }

    /** Runs statements in the running transaction, waiting for locks for two seconds at most. */
    public void change(List<String> statements) {
        target.sql("SET LOCAL lock_timeout = '2s'").update();
        statements.forEach(statement -> target.sql(statement).update());
    }

    /** The exact number of rows, without those that are marked as deleted. */
    public long count(TargetTable table) {
        return target.sql(new CompareSql(table.sql()).count()).query(Long.class).single();
    }

    /** The same number, without rows whose integer key is above {@code greatest}. */
    public long countUpTo(TargetTable table, BigInteger greatest) {
        return target.sql(new CompareSql(table.sql()).countUpTo())
                .param(new BigDecimal(greatest))
                .query(Long.class)
                .single();
    }

    private List<UniqueIndex> uniqueIndexes(String table) {
        return target.sql(UNIQUE_INDEXES)
                .params(warehouse.schema(), table)
                .query((row, number) -> new UniqueIndex(
                        new ExistingTable.DeferrableKey(
                                row.getString("name"),
                                Set.of(row.getString("columns").split("\n")),
                                row.getBoolean("is_primary")),
                        row.getBoolean("immediate")))
                .list();
    }

    private static TargetColumn column(ResultSet row) throws SQLException {
        return new TargetColumn(
                row.getString("name"),
                row.getString("type"),
                row.getBoolean("required"),
                TargetColumn.Writable.valueOf(row.getString("writable")),
                Optional.ofNullable(row.getString("folds")),
                row.getBoolean("defaults_to_now"));
    }
}
