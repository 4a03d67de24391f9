package io.postgresloader.tracking;

import io.postgresloader.sql.Identifiers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where PostgreSQL looks for tables that a query names without a schema, for this role in this database. */
final class SearchPath {
    private static final List<String> USUAL = List.of("\"$user\"", "public");

    private final JdbcClient target;
    private final String schema;

    SearchPath(DataSource target, String schema) {
        this.target = JdbcClient.create(target);
        this.schema = Identifiers.postgres(schema);
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

    /** The statement that takes that back; empty: it was not done here. */
    Optional<String> exclude() {
        List<String> path = new ArrayList<>(path());
        if (path.isEmpty() || !path.remove(0).equals(schema)) {
            return Optional.empty();
        }
        return Optional.of(alter("CURRENT_USER")
                + (path.equals(USUAL) || path.isEmpty()
                        ? "RESET search_path"
                        : "SET search_path = " + String.join(", ", path)));
    }

    /** What an administrator runs for the role of a person or a report. */
    String forOthers() {
        return alter("<role>") + "SET search_path = " + schema + ", " + String.join(", ", USUAL);
    }

    private String alter(String role) {
        String database =
                target.sql("SELECT current_database()").query(String.class).single();
        return "ALTER ROLE " + role + " IN DATABASE " + Identifiers.postgres(database) + " ";
    }

    private List<String> path() {
        String setting = target.sql("SELECT current_setting('search_path')")
                .query(String.class)
                .single();
        return Arrays.stream(setting.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> name.startsWith("\"") ? name : name.equals("public") ? name : Identifiers.postgres(name))
                .toList();
    }
}
