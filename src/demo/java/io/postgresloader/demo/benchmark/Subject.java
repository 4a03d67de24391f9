package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.demo.server.SourceServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A loader that is measured in one way, with the tables of one job in a database of its own. */
abstract class Subject implements AutoCloseable {
    final Bench bench;
    final LoaderProgram loader;
    final Job job;
    private final Map<String, String> settings;

    /** @param settings environment variables in addition to those that say what to load, or in their place */
    Subject(Bench bench, LoaderProgram loader, Job job, Map<String, String> settings) {
        this.bench = bench;
        this.loader = loader;
        this.job = job;
        this.settings = Map.copyOf(settings);
    }

    /** Its name in the figures. */
    abstract String program();

    /** A word that tells its database from those of other subjects. */
    abstract String way();

    /** Loads what is due. */
    abstract Cost load() throws Exception;

    /** Loads all rows, and writes those that differ. */
    abstract Cost loadFull() throws Exception;

    /** Compares. */
    abstract Comparison verify() throws Exception;

    /** Creates its database, and gets ready to load. */
    abstract void prepare() throws Exception;

    /** What a comparison cost, and how many rows it found missing, different or extra. */
    record Comparison(Cost cost, long found) {}

    String database() {
        return job.name() + "_" + way() + loader.label().replaceAll("\\D", "");
    }

    /** As if the tables had never been loaded. */
    void forget() throws SQLException {
        for (String table : job.tables()) {
            bench.execute(database(), "DROP TABLE IF EXISTS raw.\"" + table + "\"");
        }
        bench.execute(database(), "DELETE FROM raw.etl_load_status");
        bench.settle(database());
    }

    /** Does what the server's autovacuum would do some time after a load. */
    void vacuum() throws SQLException {
        for (String table : job.tables()) {
            bench.execute(database(), "VACUUM (ANALYZE) raw.\"" + table + "\"");
        }
        bench.settle(database());
    }

    /** The settings that say what to load from where to where. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SOURCE_URL",
                bench.source().jdbcUrl(job.source()),
                "SOURCE_USER",
                SourceServer.READER,
                "SOURCE_PASSWORD",
                SourceServer.PASSWORD,
                "TARGET_URL",
                bench.target().jdbcUrl(database()),
                "TARGET_USER",
                EmbeddedPostgresServer.USER,
                "TABLES_FILE",
                job.list().toString(),
                "MANAGEMENT_PORT",
                "0"));
        environment.putAll(settings);
        return environment;
    }

    /** Ends it and drops its database. */
    void drop() throws SQLException, IOException {
        close();
        bench.target().dropDatabase(database());
    }

    @Override
    public void close() throws SQLException, IOException {
        // A subclass may have a process to end.
    }
}
