package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.data.ManyTables;
import io.postgresloader.demo.data.OneTable;
import io.postgresloader.demo.data.SecurityLogSource;
import java.sql.SQLException;
import java.util.List;

/** Makes the tables of jobs, each in a database of its own, in place of what an earlier run left there. */
final class Jobs {
    /** As many as a practice has. */
    static final int TABLES = 446;

    private static final String NEVER = "schedule: 3650d, reconcile: off";
    private static final long SECURITY_LOG_ROWS = 3_696_927;
    private static final long DOCUMENTS = 56;

    private final Bench bench;
    private final String engine;
    private final double scale;

    Jobs(Bench bench, String engine, double scale) {
        this.bench = bench;
        this.engine = engine;
        this.scale = scale;
    }

    /** The rows that a table has at the scale of the run. */
    long rows(long ofPractice) {
        return Math.max(1, Math.round(ofPractice * scale));
    }

    /**
     * The largest table.
     *
     * @param name of the job
     * @param part how much of the table; 1: all
     */
    Job securityLog(String name, double part) throws SQLException {
        return securityLog(name, part, "");
    }

    /** @param options more options of the table in the table list, each with a comma behind it */
    Job securityLog(String name, double part, String options) throws SQLException {
        Job job = new Job(
                name,
                engine,
                List.of(SecurityLogSource.TABLE),
                rows(Math.round(SECURITY_LOG_ROWS * part)),
                "{incremental_columns: [LogDateTime], lookback: 1h, " + options + NEVER + "}");
        begin(job);
        new SecurityLogSource(bench.source(), job.source()).create(engine, job.rows());
        return job;
    }

    /** Another table of the schema. */
    Job table(String table, long ofPractice) throws SQLException {
        Job job = new Job(table, engine, List.of(table), rows(ofPractice), "{" + NEVER + "}");
        begin(job);
        OneTable.create(bench.source(), job.source(), engine, table, job.rows());
        return job;
    }

    /** Few rows of more than a megabyte each. */
    Job documents() throws SQLException {
        Job job = new Job(OneTable.DOCUMENTS, engine, List.of(OneTable.DOCUMENTS), rows(DOCUMENTS), "{" + NEVER + "}");
        begin(job);
        OneTable.createDocuments(bench.source(), job.source(), engine, job.rows());
        return job;
    }

    /**
     * As many tables as a practice has.
     *
     * @param part how many rows, compared with a practice
     * @param options of the tables in the table list
     */
    Job tables(String name, double part, String options) throws SQLException {
        Job empty = new Job(name, engine, List.of(), 0, options);
        begin(empty);
        ManyTables.Made made = ManyTables.create(bench.source(), empty.source(), engine, TABLES, scale * part);
        return new Job(name, engine, made.tables(), made.rows(), options);
    }

    Job tables(String name, double part) throws SQLException {
        return tables(name, part, "{" + NEVER + "}");
    }

    private void begin(Job job) throws SQLException {
        bench.say("Making the tables of " + job.name() + ", " + engine);
        bench.recreateSource(job.source());
    }
}
