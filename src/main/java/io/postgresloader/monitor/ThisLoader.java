package io.postgresloader.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the process that answers knows of itself, without a look at a database.
 *
 * @param version of the loader
 * @param startedAt when the process started, by its clock
 * @param workers how many tables it loads at the same time
 * @param running its loads and comparisons that run, the oldest first
 * @param queue the tables that wait for a worker, by name
 * @param lastReload the outcome of the last file that was saved; empty: none was since the start
 * @param rejectedReloads the files that are not used as they were saved
 */
public record ThisLoader(
        String version,
        Instant startedAt,
        int workers,
        List<Work> running,
        List<String> queue,
        Optional<ReloadRow> lastReload,
        List<ReloadRow> rejectedReloads) {
    public ThisLoader {
        running = List.copyOf(running);
        queue = List.copyOf(queue);
        rejectedReloads = List.copyOf(rejectedReloads);
    }

    /**
     * A load or comparison that runs.
     *
     * @param kind load, comparison or adoption
     * @param phase what it does now, e.g. planning, loading, comparing, finishing, retrying
     * @param startedAt by the clock of this process
     * @param doneRows rows committed, or compared, so far
     * @param readRows those, and the rows that were read and are not committed yet
     * @param expectedRows the rows done when it will be complete, as counted or estimated; empty: not known
     * @param rowsPerSecond the rate of the last while; empty: not known yet
     * @param estimatedEnd when it will end at that rate; empty: not known
     */
    public record Work(
            String table,
            String kind,
            String phase,
            Instant startedAt,
            long doneRows,
            long readRows,
            Optional<Long> expectedRows,
            Optional<Double> rowsPerSecond,
            Optional<Instant> estimatedEnd) {}

    /**
     * The outcome of a reload.
     *
     * @param at when the file was read
     * @param line of the problem, from 1; empty: unknown, or no problem
     * @param result applied, removed or rejected
     * @param reason why the file is not used, or what changed
     */
    public record ReloadRow(Instant at, String file, Optional<Integer> line, String result, String reason) {}
}
