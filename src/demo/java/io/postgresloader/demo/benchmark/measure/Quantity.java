package io.postgresloader.demo.benchmark.measure;

/** A figure of a piece of work. */
public enum Quantity {
    /** Wall time. Does not travel between machines. */
    SECONDS("seconds", "s", 2),
    /** CPU of the source server, all its threads, in user and system mode. */
    SOURCE_CPU("source_cpu_seconds", "source CPU s", 2),
    /** CPU of PostgreSQL's backends, and of what else ended while the work was measured. */
    TARGET_CPU("target_cpu_seconds", "backend CPU s", 2),
    /** CPU of PostgreSQL's other processes: the checkpointer, the WAL writer, the I/O workers and so on. */
    TARGET_BACKGROUND_CPU("target_background_cpu_seconds", "background CPU s", 2),
    /** CPU of the loader, or of the other program that is measured. */
    LOADER_CPU("loader_cpu_seconds", "loader CPU s", 2),
    /** The greatest resident memory of the loader's process. */
    LOADER_MEMORY("loader_peak_mib", "loader MiB", 0),
    /** Calls of read and write, as in {@code /proc/PID/io}; calls of lseek, poll and so on are not counted. */
    SOURCE_CALLS("source_read_write_calls", "source calls", 0),
    TARGET_CALLS("target_read_write_calls", "target calls", 0),
    LOADER_CALLS("loader_read_write_calls", "loader calls", 0),
    /** Statements that the source server received. */
    SOURCE_STATEMENTS("source_statements", "source statements", 0),
    /** Rows that the source server read one after the other along an index. */
    SOURCE_INDEXED("source_rows_by_index", "source rows by index", 0),
    /** Rows that the source server read by scanning tables; each scan of a range reads all of the table. */
    SOURCE_SCANNED("source_rows_by_scan", "source rows by scan", 0),
    /** What the target wrote into its write-ahead log. */
    TARGET_WAL("target_wal_mib", "WAL MiB", 1),
    /** Transactions that the target database committed; one may have many statements. */
    TARGET_COMMITS("target_commits", "target commits", 0),
    /** Rows that the target database inserted, updated or deleted, those of temporary tables included. */
    TARGET_ROWS("target_rows_written", "rows written", 0),
    /** How long one statement of a writer to the source took at most, while a load read the same table. */
    WRITER_WAIT("longest_wait_of_a_writer_seconds", "writer waits s", 3);

    private final String key;
    private final String heading;
    private final int decimals;

    Quantity(String key, String heading, int decimals) {
        this.key = key;
        this.heading = heading;
        this.decimals = decimals;
    }

    /** The name in JSON. */
    public String key() {
        return key;
    }

    /** The name in a table, with the unit where the name does not say it. */
    public String heading() {
        return heading;
    }

    /** How many decimals of a value are shown. */
    public int decimals() {
        return decimals;
    }
}
