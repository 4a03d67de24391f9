package io.postgresloader.load;

import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.SourceTable;
import io.postgresloader.source.PageReader;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.target.BatchResult;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The steps of one chunk: lock, pull, write, account; and the pull of the next page meanwhile. */
public final class Chunks {
    private final LoadServices services;
    private final WholeTable wholeTable;

    public Chunks(LoadServices services) {
        this.services = services;
        this.wholeTable = new WholeTable(services);
    }

    /**
     * Locks the table's status row until the running transaction ends.
     *
     * @throws io.postgresloader.model.LoadFailedException of kind CLAIM_LOST when another load took the table over
     */
    public void lock(LoadRun run) {
        if (!services.loadStatus().lock(run.table(), run.epoch())) {
            throw Refusals.claimLost(run.table());
        }
    }

    /** Says what to pull next: the rows behind the page in hand, or behind the last committed one. */
    public PageRequest request(LoadRun run) {
        LoadRun.Plan plan = run.plan();
        if (plan.table().key().none()) {
            return requestAll(run);
        }
        int rows = plan.pageSize().rows();
        List<String> lastKey = run.lastKey();
        Optional<List<Object>> after = lastKey.isEmpty()
                ? Optional.empty()
                : Optional.of(plan.table().keyFormat().parameters(lastKey));
        Optional<Integer> limit = run.remaining() < rows ? Optional.empty() : Optional.of(rows);
        PageRequest request =
                new PageRequest(plan.table().extractSql().page(run.bookmark().selection(), after, limit), rows);
        run.requested(request);
        return request;
    }

    private static PageRequest requestAll(LoadRun run) {
        WholeTable.requireSmall(run.plan().table().source());
        PageRequest all = new PageRequest(
                run.plan().table().extractSql().page(run.bookmark().selection(), Optional.empty(), Optional.empty()),
                Integer.MAX_VALUE);
        run.requested(all);
        return all;
    }

    /**
     * Drains pulled rows into memory.
     *
     * @param rows one value per column in the driver's text form, in key order
     */
    public void drain(LoadRun run, PageRequest request, Iterator<byte[][]> rows) {
        PreparedTable table = run.plan().table();
        PageReader reader = new PageReader(table.name(), table.rowFormat(), table.keyFormat());
        long bytes = table.key().none()
                ? SourceTable.MOST_BYTES_WITHOUT_KEY
                : run.plan().pageSize().bytes();
        request.arrived(reader.drain(rows, request.maxRows(), bytes));
    }

    /**
     * Takes the requested page in hand, waiting for it if need be.
     *
     * @return its rows in batches
     * @throws io.postgresloader.model.LoadFailedException when the pull failed
     */
    public List<RowBatch> take(LoadRun run) {
        Chunk chunk = new Chunk(
                run.pageRequest().await(), services.settings().loading().batchRows());
        run.taken(chunk);
        if (run.plan().table().key().none()) {
            WholeTable.require(run.table(), chunk.page());
            return List.of(chunk.page().rows());
        }
        run.refused().add(chunk.page().rejected());
        DeadLetterBrake.check(run, run.counts().plus(chunk.counts()));
        return chunk.batches();
    }

    /**
     * Writes one batch.
     *
     * @return the rows that the target refused
     * @throws LoadFailedException when the failure is not about single rows. The driver's text, which quotes values,
     *     ends here: nobody above could keep every logger from printing it
     */
    public List<DeadLetter> upsert(LoadRun run, RowBatch batch) {
        if (run.plan().table().key().none()) {
            run.chunk().add(wholeTable.write(run, batch));
            return List.of();
        }
        BatchResult result = write(run, batch);
        run.chunk().add(result);
        run.refused().add(result.refused());
        DeadLetterBrake.check(run, run.counts().plus(run.chunk().counts()));
        OpenEntries open = run.plan().openEntries();
        List<Long> arrived = open.arrived(batch, result.refused());
        if (!arrived.isEmpty()) {
            services.deadLetters().close(arrived, LoadRecords.closedState(run));
        }
        open.stillRefused(result.refused());
        return result.refused();
    }

    private static BatchResult write(LoadRun run, RowBatch batch) {
        try {
            return run.plan().upsert().write(batch);
        } catch (SQLException e) {
            throw new LoadFailedException(SqlFailures.of(e));
        }
    }

    /** The rows of the chunk that could not even be encoded. */
    public List<DeadLetter> rejected(LoadRun run) {
        List<DeadLetter> rejected = run.chunk().page().rejected();
        run.plan().openEntries().stillRefused(rejected);
        return rejected;
    }
}
