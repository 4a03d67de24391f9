package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import io.postgresloader.sql.Identifiers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where PostgreSQL looks for tables that a query names without a schema, for this role in this database. */
final class SearchPath {
    private static final List<String> USUAL = List.of("\"$user\"", "public");

    private final JdbcClient target;
    private final String schema;

    SearchPath(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.schema = warehouse.quotedSchema();
    }

    /** The statement after which the schema's tables are found without it; empty: they are already. */
    Optional<String> include() {
        List<String> path = path();
        if (path.contains(schema)) {
            return Optional.empty();
        }
        List<String> with = new ArrayList<>(List.of(schema));
        with.addAll(path);
        return Optional.of(alter("CURRENT_USER") + "SET search_path = " + String.join(", ", with));
    }

    /** The statement that takes that back; empty: this role has no such setting of its own in this database. */
    Optional<String> exclude() {
        List<String> path = new ArrayList<>(ownPath());
        if (path.isEmpty() || !path.remove(0).equals(schema)) {
            return Optional.empty();
        }
        return Optional.of(alter("CURRENT_USER")
                + (path.equals(USUAL) || path.isEmpty()
                        ? "RESET search_path"
                        : "SET search_path = " + String.join(", ", path)));
    }

    /** What an administrator runs for the role of a user or a report. */
    String forOthers() {
        return alter("<role>") + "SET search_path = " + schema + ", " + String.join(", ", USUAL);
    }

    private String alter(String role) {
        String database =
                target.sql("SELECT current_database()").query(String.class).single();
        return "ALTER ROLE " + role + " IN DATABASE " + Identifiers.postgres(database) + " ";
    }

    /** What a session of this role begins with; the loader's own sessions then set another path. */
    private List<String> path() {
        return names(target.sql("SELECT reset_val FROM pg_settings WHERE name = 'search_path'")
                .query(String.class)
                .single());
    }

    /** Init does not set the path for the whole database, for all roles, or for this role in every database. */
    private List<String> ownPath() {
        return target.sql("SELECT substr(setting, length('search_path=') + 1) FROM pg_db_role_setting,"
                        + " unnest(setconfig) setting WHERE setrole = CAST(current_user AS regrole) AND setdatabase ="
                        + " (SELECT oid FROM pg_database WHERE datname = current_database())"
                        + " AND starts_with(setting, 'search_path=')")
                .query(String.class)
                .optional()
                .map(SearchPath::names)
                .orElse(List.of());
    }

    private static List<String> names(String setting) {
        return Arrays.stream(setting.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> name.startsWith("\"") ? name : name.equals("public") ? name : Identifiers.postgres(name))
                .toList();
    }
}
