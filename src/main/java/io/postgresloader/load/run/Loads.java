package io.postgresloader.load.run;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.TableChecks;
import io.postgresloader.load.plan.Adoption;
import io.postgresloader.load.plan.EarlierAttempt;
import io.postgresloader.load.plan.FactsReader;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.plan.LoadPlanner;
import io.postgresloader.load.plan.SourceSnapshot;
import io.postgresloader.load.plan.SourceSnapshots;
import io.postgresloader.load.plan.TargetCheck;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadIdentity;
import io.postgresloader.model.LoadProgress;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.Selection;
import io.postgresloader.source.PageSize;
import io.postgresloader.tracking.TableState;
import io.postgresloader.tracking.TargetStates;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The steps of a load around its chunks: plan, begin, settle, complete. A {@link Claim} comes first. */
public final class Loads {
    private final LoadServices services;
    private final SourceSnapshots snapshots;
    private final FactsReader facts;
    private final SchemaMigration schema;
    private final CompletionCheck completionCheck;
    private final Conflicts conflicts;
    private final Adoption adoption;
    private final TargetStates targetStates;
    private final TargetCheck targetCheck;
    private final ExcludedValues excludedValues;
    private final StampStart stampStart;
    private final TableChecks checks;
    private final Completeness completeness;

    /** @param checks what is known of the checks and repairs of source tables */
    public Loads(LoadServices services, TableChecks checks) {
        this.services = services;
        this.snapshots = new SourceSnapshots(services);
        this.facts = new FactsReader(services);
        this.schema = new SchemaMigration(services);
        this.completionCheck = new CompletionCheck(services);
        this.conflicts = new Conflicts(services);
        this.adoption = new Adoption(services);
        this.targetStates = new TargetStates(services.warehouse());
        this.targetCheck = new TargetCheck(services);
        this.excludedValues = new ExcludedValues(services);
        this.stampStart = new StampStart(services);
        this.checks = checks;
        this.completeness = new Completeness(services);
    }

    /**
     * Plans an attempt from the current state of both databases.
     *
     * @param position the last position of the previous attempt; null for the first attempt
     * @param failure why that attempt failed; null for the first attempt
     */
    public LoadPlan plan(Claim claim, Position position, Failure failure) {
        SourceSnapshot snapshot = snapshots.of(claim.request());
        checks.see(
                claim.table(), snapshot.table(claim.table()), snapshot.reading().clock(), () -> noRows(claim));
        completeness.look(claim, snapshot.reading().clock());
        TargetCheck.Found target = targetCheck.of(claim.request(), claim.state());
        // From now on the table claims nothing, also if this process ends before it has loaded the rows.
        target.loadsAgain().ifPresent(reason -> services.loadStatus().emptied(claim.table(), claim.epoch(), reason));
        TableState state = target.state();
        Optional<LoadPlan.Unchanged> unchanged = LoadPlanner.unchanged(
                        claim.request(), claim.options(), state, snapshot)
                .filter(plan -> target.asRecorded());
        return unchanged.isPresent()
                ? unchanged.get()
                : LoadPlanner.plan(
                        claim.request(),
                        state,
                        facts.read(claim.request(), claim.options(), state, snapshot.table(claim.table())),
                        earlier(position, failure, target.emptied()));
    }

    /** Whether the coming load reads every row that the target will have. */
    private boolean noRows(Claim claim) {
        return claim.state().watermarks().isEmpty()
                && !(services.targetTables().exists(claim.table())
                        && services.targetTables().hasRows(claim.table()));
    }

    private static Optional<EarlierAttempt> earlier(Position position, Failure failure, boolean emptied) {
        return position == null || position.bookmark().load().type() == LoadType.UNCHANGED
                ? Optional.empty()
                : Optional.of(new EarlierAttempt(position.bookmark(), failure, emptied));
    }

    /**
     * Applies a plan: changes the target's schema, counts the rows, and stores what another process needs to resume the
     * load.
     *
     * @param earlier the last position of the previous attempt; null for the first attempt
     */
    public Position begin(Claim claim, LoadPlan plan, Position earlier) {
        return plan instanceof LoadPlan.Reading reading
                ? begin(claim, reading, earlier)
                : Position.unchanged(
                        new Bookmark(identity(plan), plan.scope(), LoadProgress.none(0)), PageSize.of(1, 1, 1));
    }

    private Position begin(Claim claim, LoadPlan.Reading plan, Position earlier) {
        schema.apply(claim.table(), claim.epoch(), plan.preparation().change());
        stampStart.begin(claim, plan);
        excludedValues.purge(claim, plan.preparation().change());
        if (plan.type() == LoadType.ADOPT) {
            adoption.begin(claim.table(), claim.epoch());
        }
        completeness.begin(claim, plan);
        Position first = Position.first(
                plan, bookmark(plan), services.firstPage(plan.table().source()), earlier);
        if (plan.type() == LoadType.FULL
                && plan.start().kind() == LoadPlan.StartKind.NEW
                && !services.targetTables().hasRows(claim.table())) {
            first = first.filling();
        }
        if (plan.start().kind() == LoadPlan.StartKind.RESUMED && first.counts().deadLettered() > 0) {
            first = first.plusOpenBefore(services.deadLetters()
                    .openBefore(claim.table(), first.bookmark().load().loadId()));
        }
        if (first.isUnfinished()) {
            services.loadStatus().begin(claim.table(), claim.epoch(), StatusRecords.stored(claim, first.bookmark()));
        }
        // Without the bookmark, the reason to load all rows would be lost with this state.
        if (plan.writesAllRows()) {
            targetStates.record(claim.table(), claim.epoch());
        }
        return first;
    }

    private Bookmark bookmark(LoadPlan.Reading plan) {
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

    private long count(LoadPlan.Reading plan) {
        Selection selection = plan.scope().selection();
        if (selection instanceof Selection.Keys keys && keys.keys().isEmpty()) {
            return 0;
        }
        PreparedTable table = plan.table();
        return services.sourceQueries().count(table.extractSql().count(selection, table.after(plan.lastKey())));
    }

    /**
     * Retries rows that conflicted with other rows, within the transaction that ends the load.
     *
     * @return the last position
     * @throws io.postgresloader.model.LoadFailedException of kind ROW_DATA when too many rows became dead letters
     */
    public Position settle(Claim claim, LoadPlan plan, Position position) {
        if (!(plan instanceof LoadPlan.Reading reading)) {
            return position;
        }
        Position last = position.settled(conflicts.settle(claim, reading, position));
        DeadLetterLimit.checkAtEnd(claim, last, reading.preparation().change().notes());
        return last;
    }

    /**
     * Checks that the load is complete, within the transaction that ends it, and returns what to record.
     *
     * @throws io.postgresloader.model.LoadFailedException of kind INTEGRITY when rows are missing
     */
    public StatusRecord complete(Claim claim, LoadPlan plan, Position position) {
        return plan instanceof LoadPlan.Reading reading
                ? complete(claim, reading, position)
                : unchanged(claim, (LoadPlan.Unchanged) plan, position);
    }

    private StatusRecord unchanged(Claim claim, LoadPlan.Unchanged plan, Position position) {
        services.deadLetters().closeFailedLoad(claim.table());
        return StatusRecords.unchanged(claim, plan, position);
    }

    private StatusRecord complete(Claim claim, LoadPlan.Reading plan, Position position) {
        Completion completion = completionCheck.check(claim, plan, position);
        if (!plan.type().byKey()) {
            services.deadLetters().closeFailedLoad(claim.table());
        }
        if (position.pulledAll()) {
            closeDeadLettersOfDeletedRows(plan, position);
        }
        completeness.end(claim, plan, position, completion);
        return StatusRecords.succeeded(
                claim,
                plan,
                position,
                completion,
                ReconcileCall.reason(plan, claim.state(), position.counts(), completion));
    }

    private void closeDeadLettersOfDeletedRows(LoadPlan.Reading plan, Position position) {
        String loadId = position.bookmark().load().loadId();
        if (plan.type() == LoadType.REPLAY) {
            services.deadLetters().closeNotMet(plan.openDeadLetters().ids(), loadId);
        } else {
            services.deadLetters().closeNotMet(plan.table().name(), loadId);
        }
    }

    /** The state of a dead letter whose row a load has written. */
    static String closedState(LoadPlan plan) {
        return plan.type() == LoadType.REPLAY ? "replayed" : "superseded";
    }
}
