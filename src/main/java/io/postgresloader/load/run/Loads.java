package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.Adoption;
import io.postgresloader.load.plan.EarlierAttempt;
import io.postgresloader.load.plan.FactsReader;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.plan.LoadPlanner;
import io.postgresloader.load.plan.OpenDeadLetters;
import io.postgresloader.load.plan.SourceSnapshot;
import io.postgresloader.load.plan.SourceSnapshots;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Counts;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadIdentity;
import io.postgresloader.model.LoadProgress;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.Selection;
import io.postgresloader.model.TableOptions;
import io.postgresloader.source.PageSize;
import io.postgresloader.tracking.LoadLock;
import io.postgresloader.tracking.TableState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a load other than its chunks: claim, plan, begin, settle, complete, end. */
public final class Loads {
    private static final Logger LOG = LoggerFactory.getLogger(Loads.class);

    private final LoadServices services;
    private final SourceSnapshots snapshots;
    private final FactsReader facts;
    private final SchemaMigration schema;
    private final CompletionCheck completionCheck;
    private final Conflicts conflicts;

    public Loads(LoadServices services) {
        this.services = services;
        this.snapshots = new SourceSnapshots(services);
        this.facts = new FactsReader(services);
        this.schema = new SchemaMigration(services);
        this.completionCheck = new CompletionCheck(services);
        this.conflicts = new Conflicts(services);
    }

    /**
     * Claims the table for an attempt.
     *
     * @param earlier the claim of the previous attempt; null for the first attempt
     * @throws io.postgresloader.model.LoadFailedException of kind CLAIM_LOST when another load of the table is running
     *     and the request does not wait
     */
    public Claim claim(LoadRequest request, Claim earlier) throws SQLException, InterruptedException {
        TableOptions options = services.catalog()
                .get()
                .table(request.table())
                .orElseThrow(() -> LoadErrors.schema("table " + request.table() + " is not in the table list"));
        LoadLock lock = earlier == null ? lock(request) : lockAgain(earlier);
        try {
            services.loadStatus().createMissing(List.of(request.table()));
            TableState state = services.loadStatus().claim(request.table());
            return earlier == null
                    ? new Claim(request, options, lock, state, Instant.now())
                    : new Claim(
                            request,
                            options,
                            lock,
                            state.endedBefore(earlier.state().before()),
                            earlier.since());
        } catch (RuntimeException e) {
            if (earlier == null || earlier.lock() != lock) {
                lock.close();
            }
            throw e;
        }
    }

    /** The lock of the previous attempt, unless it was lost with its connection. */
    private LoadLock lockAgain(Claim earlier) throws SQLException, InterruptedException {
        if (earlier.lock().held()) {
            return earlier.lock();
        }
        close(earlier);
        return lock(earlier.request());
    }

    private LoadLock lock(LoadRequest request) throws SQLException, InterruptedException {
        if (request.waitForLock()) {
            return LoadLock.take(
                    services.warehouse(),
                    request.table(),
                    () -> LOG.info("{}: another load of the table is running; waiting for it", request.table()));
        }
        return LoadLock.tryTake(services.warehouse(), request.table())
                .orElseThrow(() -> LoadErrors.of(
                        FailureKind.CLAIM_LOST, "another load of table " + request.table() + " is running: skipped"));
    }

    /**
     * Plans an attempt from the current state of both databases.
     *
     * @param position the last position of the previous attempt; null for the first attempt
     * @param failure why that attempt failed; null for the first attempt
     */
    public LoadPlan plan(Claim claim, Position position, Failure failure) {
        SourceSnapshot snapshot = snapshots.of(claim.request());
        return LoadPlanner.unchanged(claim.request(), claim.options(), claim.state(), snapshot)
                .filter(plan -> services.targetTables().exists(claim.table()))
                .orElseGet(() -> LoadPlanner.plan(
                        claim.request(),
                        claim.state(),
                        facts.read(claim.request(), claim.options(), claim.state(), snapshot.table(claim.table())),
                        earlier(position, failure)));
    }

    /** Whether a failure calls for a new plan of the load; fewer rows than counted do so only once. */
    public static boolean mayPlanAgain(Position position, Failure failure) {
        return position != null
                && EarlierAttempt.callsForNewPlan(failure)
                && !(EarlierAttempt.miscounted(failure) && position.recounted());
    }

    private static Optional<EarlierAttempt> earlier(Position position, Failure failure) {
        return position == null || position.bookmark().load().type() == LoadType.UNCHANGED
                ? Optional.empty()
                : Optional.of(new EarlierAttempt(position.bookmark(), failure));
    }

    /**
     * Applies a plan: changes the target's schema, counts the rows, and stores what another process needs to resume the
     * load.
     *
     * @param earlier the last position of the previous attempt; null for the first attempt
     */
    public Position begin(Claim claim, LoadPlan plan, Position earlier) {
        plan.setup().ifPresent(setup -> schema.apply(claim.table(), claim.epoch(), setup.schema()));
        if (plan.type() == LoadType.ADOPT) {
            services.loadStatus().backfill(claim.table(), claim.epoch(), Adoption.UNPROVEN);
        }
        Position first = Position.first(plan, bookmark(plan), pageSize(plan), earlier);
        if (first.isUnfinished()) {
            services.loadStatus().begin(claim.table(), claim.epoch(), StatusRecords.stored(claim, first.bookmark()));
        }
        return first;
    }

    private Bookmark bookmark(LoadPlan plan) {
        return switch (plan.start().kind()) {
            case RETRIED -> plan.start().bookmark().orElseThrow();
            case RESUMED -> plan.start().bookmark().orElseThrow().resumed(count(plan));
            case REPLANNED, RECOUNTED -> plan.start()
                    .bookmark()
                    .orElseThrow()
                    .replanned(identity(plan), plan.scope(), count(plan));
            case NEW -> new Bookmark(identity(plan), plan.scope(), LoadProgress.none(count(plan)));
        };
    }

    private static LoadIdentity identity(LoadPlan plan) {
        return new LoadIdentity(UUID.randomUUID().toString(), plan.type(), plan.reason(), Instant.now());
    }

    private long count(LoadPlan plan) {
        Selection selection = plan.scope().selection();
        if (selection instanceof Selection.Keys keys && keys.keys().isEmpty()) {
            return 0;
        }
        PreparedTable table = plan.table();
        return services.sourceQueries().count(table.extractSql().count(selection, table.after(plan.lastKey())));
    }

    private PageSize pageSize(LoadPlan plan) {
        return services.firstPage(plan.setup()
                .map(setup -> setup.table().source().averageRowBytes())
                .orElse(0L));
    }

    /**
     * Retries rows that conflicted with other rows, within the transaction that ends the load.
     *
     * @return the last position
     * @throws io.postgresloader.model.LoadFailedException of kind ROW_DATA when too many rows became dead letters
     */
    public Position settle(Claim claim, LoadPlan plan, Position position) {
        Counts settled = plan.setup().isPresent() ? conflicts.settle(plan, position) : Counts.NONE;
        Position last = position.settled(settled);
        DeadLetterLimit.checkAtEnd(claim, last);
        return last;
    }

    /**
     * Checks that the load is complete, within the transaction that ends it, and returns what to record.
     *
     * @throws io.postgresloader.model.LoadFailedException of kind INTEGRITY when rows are missing
     */
    public StatusRecord complete(Claim claim, LoadPlan plan, Position position) {
        Completion completion = completionCheck.check(plan, position);
        if (!plan.type().byKey()) {
            services.deadLetters().closeFailedLoad(claim.table());
        }
        if (position.pulledAll()) {
            closeDeadLettersOfDeletedRows(plan, position);
        }
        return StatusRecords.succeeded(
                claim,
                plan,
                position,
                completion,
                ReconcileCall.reason(plan, claim.state(), position.counts(), completion));
    }

    private void closeDeadLettersOfDeletedRows(LoadPlan plan, Position position) {
        OpenDeadLetters open = plan.setup().orElseThrow().openDeadLetters();
        services.deadLetters().close(open.except(position.tally().met()), "superseded");
    }

    /** The state of a dead letter whose row a load has written. */
    static String closedState(LoadPlan plan) {
        return plan.type() == LoadType.REPLAY ? "replayed" : "superseded";
    }

    /** Whether a failure is recorded: not if it is harmless, and not if the load that follows meets it again. */
    public boolean leavesTrace(Claim claim, Failure failure) {
        return claim != null && !failure.kind().harmless() && claim.request().kind() != LoadRequest.Kind.ADOPT;
    }

    /** What to record of a load that failed. */
    public StatusRecord failed(Claim claim, Optional<Position> position, Failure failure) {
        return StatusRecords.failed(claim, position, failure);
    }

    /** The dead letter of a load that failed as a whole; none for a transient failure, which the next load retries. */
    public Optional<DeadLetter> deadLetter(Claim claim, Failure failure) {
        return failure.kind() == FailureKind.TRANSIENT
                ? Optional.empty()
                : Optional.of(new DeadLetter(claim.table(), RowKey.NONE, failure, Optional.empty()));
    }

    /**
     * Releases the table and summarizes the load. It may be called in any state of a load.
     *
     * @param failure empty when the load was complete
     */
    public LoadResult end(String table, Optional<Claim> claim, Optional<Position> position, Optional<Failure> failure) {
        claim.ifPresent(Loads::close);
        return LoadSummary.of(table, claim, position, failure);
    }

    private static void close(Claim claim) {
        try {
            claim.close();
        } catch (SQLException e) {
            LOG.debug("{}: the connection of the lock was lost, and the lock with it", claim.table());
        }
    }
}
