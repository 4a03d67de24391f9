package io.postgresloader.app;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.testing.CorpusCase;
import io.postgresloader.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/**
 * Two databases with the tables of some cases in one layout, a loader between them, and a connection to each for
 * questions.
 */
final class CorpusFixture implements AutoCloseable {
    private final CorpusLayout layout;
    private final LoaderFixture loader;
    private final List<String> tables;
    private final Map<String, Throwable> notCreated = new HashMap<>();
    private final Connection source;
    private final Connection target;
    private String schema = "raw";

    CorpusFixture(SourceServer server, CorpusLayout layout, List<CorpusCase> cases) {
        this.layout = layout;
        this.loader = new LoaderFixture(server);
        this.tables = cases.stream().map(CorpusCase::table).toList();
        try {
            source = loader.source().connect();
            target = loader.target().connect();
        } catch (SQLException e) {
            throw new AssertionError("cannot connect", e);
        }
        loader.target().execute("CREATE SCHEMA raw", "CREATE TABLE raw.canary (alive int)");
        String batch = String.valueOf(CorpusLayout.BATCH_ROWS);
        loader.set("LOADER_PAGE_ROWS", batch).set("LOADER_BATCH_ROWS", batch);
        Map<String, Object> options = new TreeMap<>();
        cases.forEach(c -> create(c, options));
        // With the tables below a key, one of them may be called defaults.
        loader.tables(new Yaml().dump(Map.of("tables", options)));
    }

    private void create(CorpusCase c, Map<String, Object> options) {
        c.settings().forEach(loader::set);
        schema = c.settings().getOrDefault("TARGET_SCHEMA", schema);
        try {
            new CorpusTables(loader, layout).create(c);
            options.put(c.table(), c.options());
        } catch (RuntimeException | AssertionError e) {
            notCreated.put(c.id(), e);
        }
    }

    /** Fails when the tables of a case could not be made. */
    void require(CorpusCase c) {
        if (notCreated.containsKey(c.id())) {
            throw new AssertionError(layout + ": the tables of " + c + " cannot be made", notCreated.get(c.id()));
        }
    }

    /** The schemas and tables of the target that are neither configured nor the loader's own. */
    List<String> strangers() {
        return Database.rows(
                        target,
                        "SELECT nspname, coalesce(relname, '') FROM pg_namespace n LEFT JOIN pg_class c"
                                + " ON relnamespace = n.oid AND relkind IN ('r', 'v', 'p')"
                                + " WHERE nspname !~ '^pg_|^information_schema$'")
                .stream()
                .filter(name -> !name.equals("public|"))
                .filter(name -> !name.startsWith(schema + "|etl_"))
                .filter(name -> tables.stream().noneMatch(table -> name.equals(schema + "|" + table)))
                .toList();
    }

    /** The tables that no load has ended well for. */
    List<String> notLoaded() {
        return Database.rows(target, "SELECT table_name FROM raw.etl_load_status WHERE last_loaded IS NULL ORDER BY 1");
    }

    CorpusLayout layout() {
        return layout;
    }

    LoaderFixture loader() {
        return loader;
    }

    /** A connection to the source. */
    Connection source() {
        return source;
    }

    /** A connection to the target. */
    Connection target() {
        return target;
    }

    /** The target's schema. */
    String schema() {
        return schema;
    }

    @Override
    public void close() {
        try {
            source.close();
            target.close();
        } catch (SQLException e) {
            throw new AssertionError("cannot disconnect", e);
        } finally {
            loader.close();
        }
    }
}
