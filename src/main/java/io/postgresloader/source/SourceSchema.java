package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.SourceTable;
import io.postgresloader.sql.Identifiers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads how the source declares its tables, from {@code information_schema}. */
public final class SourceSchema {
    /**
     * Before 5.6.4, MySQL has no fractional seconds, and no column that says how many digits they have. Only MariaDB has
     * tables with system versioning.
     */
    private static final String COLUMNS =
            """
            SELECT table_name AS table_name, column_name AS column_name, data_type AS data_type,
              column_type AS column_type, is_nullable AS is_nullable, numeric_precision AS numeric_precision,
              numeric_scale AS numeric_scale,
              COALESCE(NULL /*!50604 , datetime_precision */) AS datetime_precision,
              character_set_name AS character_set_name, extra AS extra,
              COALESCE(NULL /*M!100304 , generation_expression */) AS generation_expression
            FROM information_schema.columns WHERE table_schema = DATABASE() %s
            ORDER BY table_name, ordinal_position""";

    /** Unique indexes on whole, not-null columns; an index with any other column is left out by the HAVING. */
    private static final String KEYS =
            """
            SELECT table_name AS table_name, index_name AS index_name,
              GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR 0x00) AS columns
            FROM information_schema.statistics WHERE table_schema = DATABASE() AND non_unique = 0 %s
            GROUP BY table_name, index_name
            HAVING SUM(nullable = 'YES' OR sub_part IS NOT NULL OR column_name IS NULL) = 0
            ORDER BY table_name, index_name <> 'PRIMARY', COUNT(*), index_name""";

    private static final String SIZES =
            """
            SELECT table_name AS table_name, COALESCE(avg_row_length, 0) AS row_bytes,
              COALESCE(table_rows, 0) AS estimated_rows, engine AS engine,
              COALESCE(data_length, 0) AS data_bytes, COALESCE(NULL /*!80000 , 1 */, 0) AS mysql_8
            FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') %s""";

    private static final Set<String> TABLES = Set.of("BASE TABLE", "SYSTEM VERSIONED");

    /** A statement of these holds the table's lock until all its rows can be seen. */
    private static final Set<String> WITHOUT_TRANSACTIONS = Set.of("MyISAM", "Aria", "MEMORY", "ARCHIVE", "CSV");

    private final JdbcClient source;
    private final TransactionTemplate transaction;
    private final SourceRights rights;

    public SourceSchema(Source source) {
        this.source = source.jdbc();
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source.dataSource()));
        this.rights = new SourceRights(source);
    }

    /** The GRANT without which the user cannot read a table that is not listed; empty: no right is missing. */
    public Optional<String> missingRight(String table) {
        return rights.missingFor(table);
    }

    /** The GRANT without which the user cannot read a column that is not listed; empty: no right is missing. */
    public Optional<String> missingRight(String table, String column) {
        return rights.missingFor(table, column);
    }

    /** The columns of a table that are not listed because the user may not read them; empty: all are listed. */
    public Optional<HiddenColumns> hiddenColumns(String table) {
        return rights.hidden(table);
    }

    /** What the database has under each name, as the server says it: {@code BASE TABLE}, {@code VIEW} and others. */
    public Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        source.sql("SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = DATABASE()")
                .query(row -> {
                    kinds.put(row.getString(1), row.getString(2));
                });
        return kinds;
    }

    /** Whether {@link #kinds} describes a table, whose rows can be loaded. */
    public static boolean isTable(String kind) {
        return TABLES.contains(kind);
    }

    /** All tables of the database, by name. */
    public Map<String, SourceTable> tables() {
        return read("", List.of());
    }

    /**
     * One table as it is declared now; empty when there is none of that name, or no right to it. While an altered MyISAM
     * table takes the place of the old one, MySQL 8.0 does not list it, or lists it without columns or keys. Such a
     * table is read again, under a lock.
     */
    public Optional<SourceTable> table(String name) {
        Optional<SourceTable> table = listed(name);
        boolean complete = table.filter(
                        found -> !found.columns().isEmpty() && !found.keys().isEmpty())
                .isPresent();
        return (complete ? table : listedUnderLock(name).or(() -> table)).filter(found -> !listedWithoutRight(found));
    }

    private Optional<SourceTable> listed(String name) {
        return Optional.ofNullable(read("AND table_name = ?", List.of(name)).get(name));
    }

    /** Empty: there is no such table, it cannot be read, or it is damaged. */
    private Optional<SourceTable> listedUnderLock(String name) {
        return transaction.execute(status -> {
            try {
                // Waits for an alteration to end, and keeps others out until the transaction ends.
                source.sql("SELECT 1 FROM " + Identifiers.mysql(name) + " LIMIT 0")
                        .query()
                        .listOfRows();
                return listed(name);
            } catch (BadSqlGrammarException | PermissionDeniedDataAccessException | UncategorizedSQLException e) {
                return Optional.empty();
            }
        });
    }

    private Map<String, SourceTable> read(String condition, List<Object> parameters) {
        Map<String, List<Column>> columns = new LinkedHashMap<>();
        Map<String, List<Key>> keys = new LinkedHashMap<>();
        Map<String, SourceTable> tables = new LinkedHashMap<>();
        Map<String, String> ends = new HashMap<>();
        source.sql(COLUMNS.formatted(condition)).params(parameters).query(row -> {
            columns.computeIfAbsent(row.getString("table_name"), t -> new ArrayList<>())
                    .add(column(row));
            if ("ROW END".equals(row.getString("generation_expression"))) {
                ends.put(row.getString("table_name"), row.getString("column_name"));
            }
        });
        source.sql(KEYS.formatted(condition)).params(parameters).query(row -> {
            keys.computeIfAbsent(row.getString("table_name"), t -> new ArrayList<>())
                    .addAll(keys(
                            List.of(row.getString("columns").split("\0")),
                            Optional.ofNullable(ends.get(row.getString("table_name")))));
        });
        source.sql(SIZES.formatted(condition)).params(parameters).query(row -> {
            String name = row.getString("table_name");
            List<Column> found = columns.getOrDefault(name, List.of());
            tables.put(
                    name,
                    new SourceTable(
                            name,
                            found,
                            keys.getOrDefault(name, List.of()),
                            row.getLong("estimated_rows"),
                            row.getLong("row_bytes"),
                            transactional(row.getString("engine")),
                            scanBytes(row)));
        });
        return tables;
    }

    /** MySQL 5.7 goes on listing a table whose right the user has lost, but none of its columns. */
    private boolean listedWithoutRight(SourceTable table) {
        return table.columns().isEmpty() && missingRight(table.name()).isPresent();
    }

    /**
     * The keys that a unique index guarantees. With system versioning, it has the end of a row's time as well; rows that
     * are read have not ended, so that they are unique by the other columns, too.
     */
    private static List<Key> keys(List<String> columns, Optional<String> end) {
        List<String> others = columns.stream()
                .filter(column -> end.filter(column::equals).isEmpty())
                .toList();
        return others.size() == columns.size() || others.isEmpty()
                ? List.of(new Key(columns))
                : List.of(new Key(columns), new Key(others));
    }

    /**
     * MariaDB does not run a comment for the versions 50700 to 99999. Scans of MyISAM tables by MySQL 8.0 cost as many system calls as reading by the key.
     */
    private static long scanBytes(ResultSet row) throws SQLException {
        boolean manyRowsAtATime = "MyISAM".equals(row.getString("engine")) && !row.getBoolean("mysql_8");
        return manyRowsAtATime ? row.getLong("data_bytes") : 0;
    }

    /** The engine of a damaged table is NULL. */
    static boolean transactional(String engine) {
        return engine == null || !WITHOUT_TRANSACTIONS.contains(engine);
    }

    private static Column column(ResultSet row) throws SQLException {
        return new Column(
                row.getString("column_name"),
                row.getString("data_type").toLowerCase(Locale.ROOT),
                row.getString("column_type"),
                row.getString("is_nullable").equals("YES"),
                integer(row, "numeric_precision"),
                integer(row, "numeric_scale"),
                integer(row, "datetime_precision"),
                Optional.ofNullable(row.getString("character_set_name")),
                row.getString("extra").toLowerCase(Locale.ROOT).contains("on update"));
    }

    private static OptionalInt integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
