package io.postgresloader.doctor;

import io.postgresloader.database.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What the checks read of the target: each statement in a READ ONLY transaction, for all tables, at the first use. */
final class TargetFacts {
    /** What role, database and configuration file set; the loader's session overrides some of it. */
    private static final String SETTINGS = "SELECT name, setting, reset_val, unit FROM pg_catalog.pg_settings";

    private static final String RELATIONS =
            """
            SELECT c.relname AS name, c.relkind AS kind, pg_catalog.pg_get_userbyid(c.relowner) AS owner,
              pg_catalog.pg_has_role(c.relowner, 'USAGE') AS owned,
              c.relkind IN ('r', 'p') AND pg_catalog.row_security_active(c.oid) AS row_security,
              (SELECT pg_catalog.string_agg(p, ', ' ORDER BY n)
                FROM pg_catalog.unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) WITH ORDINALITY u (p, n)
                WHERE NOT pg_catalog.has_table_privilege(c.oid, p)) AS missing_rights
            FROM pg_catalog.pg_class c WHERE c.relnamespace = pg_catalog.to_regnamespace(?)
              AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1""";

    private final Warehouse warehouse;
    private final Once<Map<String, Setting>> settings = new Once<>(this::readSettings);
    private final Once<Map<String, Relation>> relations = new Once<>(this::readRelations);

    TargetFacts(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * A setting of the server.
     *
     * @param active the value in the loader's session
     * @param given the value that role, database or server give, before the loader's session overrides it
     * @param unit the unit of both, such as {@code ms}; may be empty
     */
    record Setting(String active, String given, String unit) {}

    /**
     * A table or view of the schema.
     *
     * @param kind the letter of {@code pg_class.relkind}
     * @param owner its owner
     * @param owned whether the role owns it, or is a member of its owner
     * @param rowSecurity whether row security applies to the role
     * @param missingRights those of SELECT, INSERT, UPDATE and DELETE that the role does not have; empty: it has all
     */
    record Relation(String kind, String owner, boolean owned, boolean rowSecurity, Optional<String> missingRights) {
        static Relation of(ResultSet row) throws SQLException {
            return new Relation(
                    row.getString("kind"),
                    row.getString("owner"),
                    row.getBoolean("owned"),
                    row.getBoolean("row_security"),
                    Optional.ofNullable(row.getString("missing_rights")));
        }

        boolean table() {
            return kind.equals("r") || kind.equals("p");
        }
    }

    Warehouse warehouse() {
        return warehouse;
    }

    /** Runs statements in a READ ONLY transaction of their own. */
    <T> T read(Function<JdbcClient, T> statements) {
        TransactionTemplate transaction = warehouse.transaction();
        transaction.setReadOnly(true);
        return transaction.execute(status -> statements.apply(warehouse.jdbc()));
    }

    /** The first row of a statement without parameters, or whose parameter is the schema, quoted. */
    <T> T row(String sql, RowOf<T> row) {
        return rows(sql, row).get(0);
    }

    /** The rows of a statement without parameters, or whose parameter is the schema, quoted. */
    <T> List<T> rows(String sql, RowOf<T> row) {
        return read(target -> {
            JdbcClient.StatementSpec statement = target.sql(sql);
            return (sql.contains("?") ? statement.param(warehouse.quotedSchema()) : statement)
                    .query((result, number) -> row.of(result))
                    .list();
        });
    }

    /** Reads one row. */
    @FunctionalInterface
    interface RowOf<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** A setting; empty: this server does not have it. */
    Optional<Setting> setting(String name) {
        return Optional.ofNullable(settings.get().get(name));
    }

    /** Tables and views of the schema by name, partitions included. */
    Map<String, Relation> relations() {
        return relations.get();
    }

    private Map<String, Setting> readSettings() {
        Map<String, Setting> found = new HashMap<>();
        rows(
                SETTINGS,
                row -> found.put(
                        row.getString(1),
                        new Setting(
                                row.getString(2),
                                row.getString(3),
                                Optional.ofNullable(row.getString(4)).orElse(""))));
        return found;
    }

    private Map<String, Relation> readRelations() {
        Map<String, Relation> found = new LinkedHashMap<>();
        rows(RELATIONS, row -> found.put(row.getString("name"), Relation.of(row)));
        return found;
    }
}
