package io.postgresloader.target;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.sql.Identifiers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes a target table ready: creates it, or adds what is missing. It never drops anything and never changes a type: an
 * existing table keeps its own, and values are converted to them.
 */
public final class TargetTables {
    private static final Logger LOG = LoggerFactory.getLogger(TargetTables.class);

    private static final String COLUMNS =
            """
            SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped""";

    /** Unique indexes that ON CONFLICT can use: whole columns only, every row, checked at once. */
    private static final String UNIQUE_INDEXES =
            """
            SELECT (SELECT string_agg(a.attname, chr(10)) FROM pg_attribute a
              WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1])) AS columns
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND i.indisunique AND i.indisvalid AND i.indimmediate
              AND i.indpred IS NULL AND i.indexprs IS NULL""";

    private final JdbcClient target;
    private final String schema;

    public TargetTables(DataSource target, String schema) {
        this.target = JdbcClient.create(target);
        this.schema = schema;
    }

    /**
     * @param types column name to PostgreSQL type, in the order of the source
     * @throws LoadFailedException of kind SCHEMA when the table cannot be made ready, with the statement to run
     */
    public TargetTable prepare(String table, Map<String, String> types, Key key) {
        requireNames(table, types);
        Set<String> existing = new HashSet<>(
                target.sql(COLUMNS).params(schema, table).query(String.class).list());
        if (existing.isEmpty()) {
            create(table, types, key);
        } else {
            addMissing(table, types, existing);
            requireUniqueIndex(table, key);
        }
        return new TargetTable(schema, table, new ArrayList<>(types.keySet()), key);
    }

    /** The number of rows, exactly. */
    public long count(TargetTable table) {
        return target.sql("SELECT count(*) FROM " + Identifiers.postgres(schema, table.name()))
                .query(Long.class)
                .single();
    }

    private void create(String table, Map<String, String> types, Key key) {
        String columns = types.entrySet().stream()
                .map(e -> Identifiers.postgres(e.getKey()) + " " + e.getValue())
                .collect(Collectors.joining(", "));
        target.sql("CREATE TABLE IF NOT EXISTS " + Identifiers.postgres(schema, table) + " (" + columns
                        + ", PRIMARY KEY (" + quoted(key) + "))")
                .update();
        LOG.info("Created table {}.{} with {} columns", schema, table, types.size());
    }

    private void addMissing(String table, Map<String, String> types, Set<String> existing) {
        types.forEach((column, type) -> {
            if (!existing.contains(column)) {
                target.sql("ALTER TABLE " + Identifiers.postgres(schema, table) + " ADD COLUMN IF NOT EXISTS "
                                + Identifiers.postgres(column) + " " + type)
                        .update();
                LOG.info("Added column {} to table {}.{}", column, schema, table);
            }
        });
    }

    private void requireUniqueIndex(String table, Key key) {
        Set<String> wanted = Set.copyOf(key.columns());
        boolean found = target.sql(UNIQUE_INDEXES).params(schema, table).query(String.class).list().stream()
                .map(columns -> Set.of(columns.split("\n")))
                .anyMatch(wanted::equals);
        if (!found) {
            throw schemaFailure("table " + schema + "." + table + " has no unique index on its key (" + key
                    + "); run: CREATE UNIQUE INDEX ON " + Identifiers.postgres(schema, table) + " (" + quoted(key)
                    + ")");
        }
    }

    private void requireNames(String table, Map<String, String> types) {
        try {
            Identifiers.postgres(table);
            types.keySet().forEach(Identifiers::postgres);
        } catch (IllegalArgumentException e) {
            throw schemaFailure("table " + table + ": " + e.getMessage());
        }
    }

    private static String quoted(Key key) {
        List<String> columns = key.columns().stream().map(Identifiers::postgres).toList();
        return String.join(", ", columns);
    }

    private static LoadFailedException schemaFailure(String message) {
        return new LoadFailedException(new Failure(FailureKind.SCHEMA, Optional.empty(), message));
    }
}
