package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Counts;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.RowKey;
import io.postgresloader.source.PageRequest;
import io.postgresloader.source.PageSequence;
import io.postgresloader.source.PageSize;
import io.postgresloader.source.SourceRows;
import io.postgresloader.target.BatchResult;
import io.postgresloader.target.TargetFailures;
import io.postgresloader.target.Upsert;
import io.postgresloader.tracking.RowStamps;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** The steps of one chunk: a position, the page after it, its batches, and the position after them. */
public final class Chunks {
    /** A stop waits for the chunk that is being written. Rows that are merged take ten times as long as copied ones. */
    private static final int MERGED_ROWS = 200_000;

    private final LoadServices services;
    private final WholeTable wholeTable;

    public Chunks(LoadServices services) {
        this.services = services;
        this.wholeTable = new WholeTable(services);
    }

    /**
     * Locks the table's status row for a chunk, and takes the stamp of its rows if the table has stamps.
     *
     * @throws LoadFailedException of kind CLAIM_LOST when another load has begun a newer epoch
     */
    public void lock(Claim claim, LoadPlan.Reading plan) {
        lock(services, claim, plan.table().stamp());
    }

    static void lock(LoadServices services, Claim claim, Optional<String> stamp) {
        boolean locked = stamp.isPresent()
                ? new RowStamps(services.warehouse()).take(claim.table(), claim.epoch())
                : services.loadStatus().lock(claim.table(), claim.epoch());
        if (!locked) {
            throw LoadErrors.claimLost(claim.table());
        }
    }

    /**
     * Locks the table's status row until the running transaction ends.
     *
     * @throws LoadFailedException of kind CLAIM_LOST when another load has begun a newer epoch
     */
    public void lock(Claim claim) {
        lock(services, claim, Optional.empty());
    }

    /** Reads rows without a route. */
    public SourceRows sourceRows() {
        return services.sourceRows();
    }

    /** The page after the last committed row. */
    public PageRequest pageAt(LoadPlan.Reading plan, Position position) {
        return request(
                plan,
                size(plan, position, position.pageSize()),
                lastKey(plan, position),
                position.bookmark().progress().remaining());
    }

    /** The page after another one whose rows are not written yet. */
    public PageRequest pageAfter(LoadPlan.Reading plan, Position position, Page page) {
        RowKey lastKey = page.lastKey().isEmpty() ? lastKey(plan, position) : page.lastKey();
        PageSize size = size(plan, position, position.pageSize().after(page));
        return request(plan, size, lastKey, position.remainingAfter(page));
    }

    private static PageSize size(LoadPlan.Reading plan, Position position, PageSize size) {
        Counts counts = position.counts();
        boolean merges = plan.type() != LoadType.FULL || counts.updated() + counts.unchanged() > 0;
        return merges ? size.atMost(MERGED_ROWS) : size;
    }

    private static RowKey lastKey(LoadPlan.Reading plan, Position position) {
        return plan.table().keyFormat().of(position.bookmark().progress().lastKey());
    }

    private static PageRequest request(LoadPlan.Reading plan, PageSize size, RowKey lastKey, long remaining) {
        PreparedTable table = plan.table();
        if (table.key().none()) {
            WholeTable.requireSmall(table.source());
            return table.wholeTable();
        }
        return table.page(plan.scope().selection(), lastKey, size, OptionalLong.of(remaining));
    }

    /**
     * Checks a page before any row of it is written.
     *
     * @throws LoadFailedException of kind ROW_DATA when too many rows could not be encoded; of kind SCHEMA when a table
     *     without a key does not fit into one page, or the page does not move forward
     */
    public void check(Claim claim, LoadPlan.Reading plan, Position position, Page page) {
        if (plan.table().key().none()) {
            WholeTable.require(claim.table(), page);
        } else {
            sequence(plan, position, page);
            DeadLetterLimit.check(claim, position, plan.preparation().change().notes(), of(plan, position, page));
        }
    }

    private static PageSequence sequence(LoadPlan.Reading plan, Position position, Page page) {
        return position.sequence().next(plan.table().name(), plan.table().keyFormat(), page.lastKey());
    }

    /** The rows of a page in batches; a table without a key is written in one piece. */
    public List<RowBatch> batches(LoadPlan.Reading plan, Page page) {
        return plan.table().key().none()
                ? List.of(page.rows())
                : page.batches(services.settings().loading().batchRows());
    }

    /**
     * Writes one batch.
     *
     * @throws LoadFailedException when the failure is not about single rows. The exception does not contain the
     *     driver's text, which may quote values
     */
    public ChunkResult upsert(Claim claim, LoadPlan.Reading plan, Position position, RowBatch batch) {
        PreparedTable table = plan.table();
        if (table.key().none()) {
            String loadId = position.bookmark().load().loadId();
            return ChunkResult.of(wholeTable.write(claim, plan, loadId, batch), Set.of());
        }
        BatchResult result = write(
                table,
                batch,
                deadLetters -> DeadLetterLimit.check(
                        claim,
                        position,
                        plan.preparation().change().notes(),
                        ChunkResult.partOf(batch, deadLetters, openBefore(plan, position, deadLetters))));
        closeWritten(plan, batch, result);
        return ChunkResult.of(result, openBefore(plan, position, result.deadLetters()));
    }

    private ChunkResult of(LoadPlan.Reading plan, Position position, Page page) {
        return ChunkResult.of(page, openBefore(plan, position, page.deadLetters()));
    }

    private Set<RowKey> openBefore(LoadPlan.Reading plan, Position position, List<DeadLetter> deadLetters) {
        String loadId = position.bookmark().load().loadId();
        return plan.openDeadLetters().among(deadLetters, keys -> services.deadLetters()
                .openBefore(plan.table().name(), loadId, keys));
    }

    private void closeWritten(LoadPlan.Reading plan, RowBatch batch, BatchResult result) {
        PreparedTable table = plan.table();
        Collection<Long> written = plan.openDeadLetters()
                .written(table.keyFormat(), batch, result.deadLetters(), keys -> services.deadLetters()
                        .openAmong(table.name(), keys)
                        .keySet());
        if (!written.isEmpty()) {
            services.deadLetters().close(List.copyOf(written), Loads.closedState(plan));
        }
    }

    private BatchResult write(PreparedTable table, RowBatch batch, Consumer<List<DeadLetter>> limit) {
        try {
            return new Upsert(
                            services.warehouse(),
                            table.target(services.targetTables().schema()),
                            table.keyFormat(),
                            limit)
                    .write(batch);
        } catch (SQLException e) {
            throw new LoadFailedException(new TargetFailures(services.warehouse()).of(table.name(), e));
        }
    }

    /**
     * The sum of a chunk's batches so far.
     *
     * @param before the sum before the batch; null for the first one
     * @throws LoadFailedException of kind ROW_DATA when too many rows became dead letters
     */
    public ChunkResult add(
            Claim claim, LoadPlan.Reading plan, Position position, Page page, ChunkResult before, ChunkResult batch) {
        ChunkResult sum = (before == null ? of(plan, position, page) : before).plus(batch);
        DeadLetterLimit.check(claim, position, plan.preparation().change().notes(), sum);
        return sum;
    }

    /**
     * The position after a page whose rows are written. Nobody reads the page after that: its memory is for the next ones.
     *
     * @throws LoadFailedException of kind INTEGRITY when a row is not accounted for
     */
    public Position advance(Claim claim, LoadPlan.Reading plan, Position position, Page page, ChunkResult chunk) {
        List<String> lastKey = plan.table().keyFormat().values(page.lastKey());
        Position after = position.after(page, lastKey, sequence(plan, position, page), chunk.balanced());
        page.release();
        return ProgressLog.report(claim.table(), after, Instant.now());
    }

    /** What {@code etl_load_status} shows once the chunk is committed. */
    public StatusRecord status(Claim claim, Position position) {
        return StatusRecords.running(claim, position);
    }
}
