package io.postgresloader.load;

import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.TableOptions;
import io.postgresloader.tracking.LoadLock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a load begins and ends. */
public final class Loads {
    private static final Logger LOG = LoggerFactory.getLogger(Loads.class);

    private final LoadServices services;
    private final Chunks chunks;
    private final LoadPreparation preparation;
    private final CompletionCheck completionCheck;
    private final Conflicts conflicts;

    public Loads(LoadServices services, Chunks chunks) {
        this.services = services;
        this.chunks = chunks;
        this.preparation = new LoadPreparation(services);
        this.completionCheck = new CompletionCheck(services);
        this.conflicts = new Conflicts(services);
    }

    /**
     * Takes the table for this load.
     *
     * @throws io.postgresloader.model.LoadFailedException of kind CLAIM_LOST when another load of it is under way and
     *     the request does not wait
     */
    public LoadRun claim(LoadRequest request) throws SQLException, InterruptedException {
        TableOptions options = services.catalog()
                .get()
                .table(request.table())
                .orElseThrow(() -> Refusals.schema("table " + request.table() + " is not in the table list"));
        LoadLock lock = lock(request);
        try {
            services.loadStatus().createMissing(List.of(request.table()));
            return new LoadRun(request, options, lock, services.loadStatus().claim(request.table()));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Finds out what to load, counts it, and stores what another process needs to go on. */
    public void plan(LoadRun run) {
        preparation.prepare(run);
        if (run.isUnfinished()) {
            services.loadStatus().begin(run.table(), run.epoch(), LoadRecords.kept(run));
        }
    }

    /** What {@code etl_load_status} shows once the chunk in hand is committed. */
    public Map<String, Object> chunkLoaded(LoadRun run) {
        return LoadRecords.running(run, run.nextBookmark());
    }

    /** The chunk in hand is committed: the load goes on behind it. */
    public void advance(LoadRun run) {
        run.advanced();
        run.progress().say(run);
    }

    /**
     * Checks that the load is complete, within the transaction that ends it, and says what to record.
     *
     * @throws io.postgresloader.model.LoadFailedException of kind INTEGRITY when rows are missing, of kind
     *     ROW_DATA when most were refused
     */
    public Map<String, Object> complete(LoadRun run) {
        chunks.lock(run);
        conflicts.settle(run);
        DeadLetterBrake.checkAtEnd(run);
        Map<String, Object> record = LoadRecords.succeeded(run, completionCheck.check(run));
        if (!run.bookmark().type().byKey()) {
            services.deadLetters().closeFailedLoad(run.table());
        }
        if (run.meetsAll()) {
            // Rows that it did not meet are gone from the source.
            services.deadLetters().close(run.plan().openEntries().notMet(), "superseded");
        }
        return record;
    }

    /** Whether a failure must be recorded; not the harmless ones, and not what the load that follows meets again. */
    public boolean leavesTrace(LoadRun run, Failure failure) {
        return run != null && !failure.kind().harmless() && run.request().kind() != LoadRequest.Kind.ADOPT;
    }

    /** What to record of a load that failed, within the transaction that ends it. */
    public Map<String, Object> failed(LoadRun run, Failure failure) {
        chunks.lock(run);
        return LoadRecords.failed(run, failure, failure.kind() != FailureKind.INTEGRITY);
    }

    /** The dead letter of a load that failed as a whole; none for a transient failure, which the next load mends. */
    public Optional<DeadLetter> deadLetter(LoadRun run, Failure failure) {
        return failure.kind() == FailureKind.TRANSIENT
                ? Optional.empty()
                : Optional.of(new DeadLetter(run.table(), Map.of(), failure, Optional.empty()));
    }

    /** Gives the table back and sums the load up. Safe to call in any state. */
    public LoadResult end(String table, LoadRun run, Optional<Failure> failure) {
        if (run == null) {
            return LoadSummary.unclaimed(table, failure.orElseThrow());
        }
        try {
            run.lock().close();
        } catch (SQLException e) {
            LOG.debug("{}: the lock's connection was lost, and the lock with it", table);
        }
        return LoadSummary.of(run, failure, Duration.between(run.claimed(), Instant.now()));
    }

    private LoadLock lock(LoadRequest request) throws SQLException, InterruptedException {
        if (request.waitForLock()) {
            return LoadLock.take(
                    services.warehouse(),
                    request.table(),
                    () -> LOG.info("{}: another load of the table is under way; waiting for it", request.table()));
        }
        return LoadLock.tryTake(services.warehouse(), request.table())
                .orElseThrow(() -> Refusals.of(
                        FailureKind.CLAIM_LOST, "another load of table " + request.table() + " is under way: skipped"));
    }
}
