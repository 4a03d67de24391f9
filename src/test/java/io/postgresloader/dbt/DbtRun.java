package io.postgresloader.dbt;

import io.postgresloader.testing.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Builds models as dbt does on PostgreSQL: renders them, and runs the statements of their materialization. */
final class DbtRun {
    private final Database target;
    private final String schema;
    private final DbtJinja jinja;

    /** @param schema the schema of the models; it exists */
    DbtRun(Database target, String sourceSchema, String schema) {
        this.target = target;
        this.schema = schema;
        this.jinja = new DbtJinja(sourceSchema, this::query);
    }

    /** Builds a model in one transaction. */
    void build(String name, String template) {
        build(name, template, () -> {});
    }

    /** @param betweenReadAndHook what another program does after the model was read, and before its hook */
    void build(String name, String template, Runnable betweenReadAndHook) {
        DbtRelation model = new DbtRelation(schema, name);
        boolean there = target.count("SELECT count(*) FROM pg_class WHERE oid = to_regclass('" + model + "')") > 0;
        String sql = jinja.render(template, model, there);
        boolean view = "view".equals(jinja.configured().get("materialized"));
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (view) {
                statement.execute("CREATE OR REPLACE VIEW " + model + " AS (" + sql + ")");
            } else if (there) {
                deleteAndInsert(statement, model, sql);
            } else {
                statement.execute("CREATE TABLE " + model + " AS (" + sql + ")");
            }
            betweenReadAndHook.run();
            Object hook = jinja.configured().get("post_hook");
            if (hook != null) {
                statement.execute(jinja.render((String) hook, model, there));
            }
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError("cannot build " + name, e);
        }
    }

    private void deleteAndInsert(Statement statement, DbtRelation model, String sql) throws SQLException {
        statement.execute("CREATE TEMPORARY TABLE model__dbt_tmp ON COMMIT DROP AS (" + sql + ")");
        List<String> columns = columns(statement, "model__dbt_tmp");
        List<String> present = columns(statement, model.toString());
        for (String column : columns) {
            if (!present.contains(column)) {
                statement.execute("ALTER TABLE " + model + " ADD COLUMN " + column);
            }
        }
        List<?> keys = (List<?>) jinja.configured().get("unique_key");
        String names = columns.stream()
                .map(column -> column.substring(0, column.lastIndexOf("\" ") + 1))
                .collect(Collectors.joining(", "));
        statement.execute("DELETE FROM " + model + " AS t USING model__dbt_tmp AS n WHERE "
                + keys.stream().map(key -> "n." + key + " = t." + key).collect(Collectors.joining(" AND ")));
        statement.execute("INSERT INTO " + model + " (" + names + ") SELECT " + names + " FROM model__dbt_tmp");
    }

    /** Names, quoted, with types. */
    private static List<String> columns(Statement statement, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT '\"' || replace(attname, '\"', '\"\"') || '\" ' ||"
                + " format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = '" + table
                + "'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }

    /** What a macro renders to, such as {@code {{ require_fresh('raw', ['claim']) }}}. */
    String render(String template) {
        return jinja.render(template, new DbtRelation(schema, "none"), false);
    }

    private List<List<Object>> query(String sql) {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            List<List<Object>> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    rows.add(java.util.Collections.singletonList(result.getObject(1)));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError("cannot query", e);
        }
    }
}
