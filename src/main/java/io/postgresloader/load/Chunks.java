package io.postgresloader.load;

import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.RowBatch;
import io.postgresloader.source.PageReader;
import io.postgresloader.sql.BoundSql;
import io.postgresloader.target.BatchResult;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The steps of one chunk, all in one transaction of the target: lock, pull, write, account. */
public final class Chunks {
    private final LoadServices services;

    public Chunks(LoadServices services) {
        this.services = services;
    }

    /**
     * Locks the table's status row for this transaction and says what to pull.
     *
     * @throws io.postgresloader.model.LoadFailedException of kind CLAIM_LOST when another load took the table over
     */
    public BoundSql begin(LoadRun run) {
        requireClaim(run);
        LoadRun.Plan plan = run.plan();
        List<String> lastKey = run.bookmark().lastKey();
        int rows = plan.pageSize().rows();
        return plan.table()
                .extractSql()
                .page(
                        run.bookmark().selection(),
                        lastKey.isEmpty()
                                ? Optional.empty()
                                : Optional.of(plan.table().keyFormat().parameters(lastKey)),
                        run.remaining() < rows ? Optional.empty() : Optional.of(rows));
    }

    /**
     * Drains the pulled rows into memory.
     *
     * @param rows one value per column in the driver's text form, in key order
     * @return the rows in batches; at least one batch if there is a row to report on
     */
    public List<RowBatch> drain(LoadRun run, Iterator<byte[][]> rows) {
        LoadRun.Plan plan = run.plan();
        PreparedTable table = plan.table();
        PageReader reader = new PageReader(table.name(), table.rowFormat(), table.keyFormat());
        int maxRows = plan.pageSize().rows();
        run.pulled(new Chunk(
                reader.drain(rows, maxRows, plan.pageSize().bytes()),
                services.settings().batchRows()));
        return run.chunk().batches();
    }

    /**
     * Writes one batch.
     *
     * @return the rows that the target refused
     */
    public List<DeadLetter> upsert(LoadRun run, RowBatch batch) throws SQLException {
        BatchResult result = run.plan().upsert().write(batch);
        run.chunk().add(result);
        OpenEntries open = run.plan().openEntries();
        List<Long> arrived = open.arrived(batch, result.refused());
        if (!arrived.isEmpty()) {
            services.deadLetters().close(arrived, LoadRecords.closedState(run));
        }
        open.stillRefused(result.refused());
        return result.refused();
    }

    /** The rows of the chunk that could not even be encoded. */
    public List<DeadLetter> rejected(LoadRun run) {
        List<DeadLetter> rejected = new ArrayList<>(run.chunk().rejected());
        run.plan().openEntries().stillRefused(rejected);
        return rejected;
    }

    void requireClaim(LoadRun run) {
        if (!services.loadStatus().lock(run.table(), run.epoch())) {
            throw Refusals.of(
                    FailureKind.CLAIM_LOST, "another instance has taken over the load of table " + run.table());
        }
    }
}
