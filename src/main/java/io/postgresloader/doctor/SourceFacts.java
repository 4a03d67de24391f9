package io.postgresloader.doctor;

import io.postgresloader.database.Source;
import io.postgresloader.model.SourceTable;
import io.postgresloader.source.SourceSchema;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the checks read of the source: one statement for all tables each, at the first use. */
final class SourceFacts {
    private static final String VARIABLES = "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('version', 'log_bin',"
            + " 'max_allowed_packet', 'sql_select_limit', 'max_execution_time', 'max_statement_time', 'wait_timeout',"
            + " 'transaction_isolation', 'tx_isolation', 'max_connections', 'lower_case_table_names', 'time_zone',"
            + " 'system_time_zone')";

    /** A damaged table has no engine, and an error in place of its comment. */
    private static final String RELATIONS =
            """
            SELECT table_name AS table_name, table_type AS table_type, engine AS engine,
              COALESCE(table_rows, 0) AS estimated_rows, auto_increment AS next_key,
              COALESCE(data_length, 0) + COALESCE(index_length, 0) AS bytes
            FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name""";

    private static final String COLLATIONS =
            """
            SELECT table_name AS table_name, column_name AS column_name, collation_name AS collation_name
            FROM information_schema.columns WHERE table_schema = DATABASE() AND collation_name IS NOT NULL""";

    /** Columns that other columns are missing before: their places have gaps; and grants on single columns. */
    private static final String PARTLY_READABLE =
            """
            SELECT table_name AS table_name FROM information_schema.columns WHERE table_schema = DATABASE()
            GROUP BY table_name HAVING COUNT(*) < MAX(ordinal_position)
            UNION SELECT table_name FROM information_schema.column_privileges WHERE table_schema = DATABASE()""";

    private final Source source;
    private final Once<Map<String, String>> variables = new Once<>(this::readVariables);
    private final Once<Map<String, Relation>> relations = new Once<>(this::readRelations);
    private final Once<Map<String, SourceTable>> tables = new Once<>(this::readTables);
    private final Once<Map<String, Map<String, String>>> collations = new Once<>(this::readCollations);

    SourceFacts(Source source) {
        this.source = source;
    }

    /**
     * A table, view or sequence.
     *
     * @param type as {@code information_schema.tables} names it, such as {@code BASE TABLE} or {@code VIEW}
     * @param engine empty: a view, or a damaged table
     * @param estimatedRows the server's estimate
     * @param nextKey the next AUTO_INCREMENT value; empty: the table has none
     * @param bytes the estimated size, indexes included
     */
    record Relation(
            String type, Optional<String> engine, long estimatedRows, Optional<BigDecimal> nextKey, long bytes) {
        static Relation of(ResultSet row) throws SQLException {
            return new Relation(
                    row.getString("table_type"),
                    Optional.ofNullable(row.getString("engine")),
                    row.getLong("estimated_rows"),
                    Optional.ofNullable(row.getBigDecimal("next_key")),
                    row.getLong("bytes"));
        }

        boolean table() {
            return type.equals("BASE TABLE") || versioned();
        }

        boolean versioned() {
            return type.equals("SYSTEM VERSIONED");
        }
    }

    Source source() {
        return source;
    }

    /** A global variable; empty: this server does not have it. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get().get(name));
    }

    /** A global variable that holds a number; empty: this server does not have it. */
    Optional<Long> number(String name) {
        return variable(name).map(value -> new BigDecimal(value).longValue());
    }

    boolean mariaDb() {
        return variable("version").orElse("").contains("MariaDB");
    }

    /** All relations that the user may see, by name. */
    Map<String, Relation> relations() {
        return relations.get();
    }

    /** All tables that the user may see, by name. */
    Map<String, SourceTable> tables() {
        return tables.get();
    }

    /** The collation of a text column; empty: the type has none. */
    Optional<String> collation(String table, String column) {
        return Optional.ofNullable(
                collations.get().getOrDefault(table, Map.of()).get(column));
    }

    /** Tables of which the user may not see all columns, among others. */
    Iterable<String> perhapsPartlyReadable() {
        return source.jdbc().sql(PARTLY_READABLE).query(String.class).set();
    }

    private Map<String, String> readVariables() {
        Map<String, String> values = new HashMap<>();
        source.jdbc().sql(VARIABLES).query(row -> {
            values.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2));
        });
        return values;
    }

    private Map<String, Relation> readRelations() {
        Map<String, Relation> found = new LinkedHashMap<>();
        source.jdbc().sql(RELATIONS).query(row -> {
            found.put(row.getString("table_name"), Relation.of(row));
        });
        return found;
    }

    private Map<String, SourceTable> readTables() {
        return new SourceSchema(source).tables();
    }

    private Map<String, Map<String, String>> readCollations() {
        Map<String, Map<String, String>> found = new HashMap<>();
        source.jdbc().sql(COLLATIONS).query(row -> {
            found.computeIfAbsent(row.getString("table_name"), name -> new HashMap<>())
                    .put(row.getString("column_name"), row.getString("collation_name"));
        });
        return found;
    }
}
