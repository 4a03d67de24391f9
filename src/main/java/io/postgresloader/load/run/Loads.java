package io.postgresloader.load.run;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.Adoption;
import io.postgresloader.load.plan.EarlierAttempt;
import io.postgresloader.load.plan.FactsReader;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.plan.LoadPlanner;
import io.postgresloader.load.plan.SourceSnapshot;
import io.postgresloader.load.plan.SourceSnapshots;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Counts;
import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadIdentity;
import io.postgresloader.model.LoadProgress;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.Selection;
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

    public Loads(LoadServices services) {
        this.services = services;
        this.snapshots = new SourceSnapshots(services);
        this.facts = new FactsReader(services);
        this.schema = new SchemaMigration(services);
        this.completionCheck = new CompletionCheck(services);
        this.conflicts = new Conflicts(services);
        this.adoption = new Adoption(services);
    }

    /**
     * Plans an attempt from the current state of both databases.
     *
     * @param position the last position of the previous attempt; null for the first attempt
     * @param failure why that attempt failed; null for the first attempt
     */
    public LoadPlan plan(Claim claim, Position position, Failure failure) {
        SourceSnapshot snapshot = snapshots.of(claim.request());
        Optional<LoadPlan.Unchanged> unchanged = LoadPlanner.unchanged(
                        claim.request(), claim.options(), claim.state(), snapshot)
                .filter(plan -> services.targetTables().exists(claim.table()));
        return unchanged.isPresent()
                ? unchanged.get()
                : LoadPlanner.plan(
                        claim.request(),
                        claim.state(),
                        facts.read(claim.request(), claim.options(), claim.state(), snapshot.table(claim.table())),
                        earlier(position, failure));
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
        return plan instanceof LoadPlan.Reading reading
                ? begin(claim, reading, earlier)
                : Position.unchanged(
                        new Bookmark(identity(plan), plan.scope(), LoadProgress.none(0)), services.firstPage(0));
    }

    private Position begin(Claim claim, LoadPlan.Reading plan, Position earlier) {
        schema.apply(claim.table(), claim.epoch(), plan.preparation().change());
        if (plan.type() == LoadType.ADOPT) {
            adoption.begin(claim.table(), claim.epoch());
        }
        Position first = Position.first(
                plan, bookmark(plan), services.firstPage(plan.table().source().averageRowBytes()), earlier);
        if (first.isUnfinished()) {
            services.loadStatus().begin(claim.table(), claim.epoch(), StatusRecords.stored(claim, first.bookmark()));
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
        Counts settled = plan instanceof LoadPlan.Reading reading ? conflicts.settle(reading, position) : Counts.NONE;
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
        return plan instanceof LoadPlan.Reading reading
                ? complete(claim, reading, position)
                : unchanged(claim, (LoadPlan.Unchanged) plan, position);
    }

    private StatusRecord unchanged(Claim claim, LoadPlan.Unchanged plan, Position position) {
        services.deadLetters().closeFailedLoad(claim.table());
        return StatusRecords.unchanged(claim, plan, position);
    }

    private StatusRecord complete(Claim claim, LoadPlan.Reading plan, Position position) {
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

    private void closeDeadLettersOfDeletedRows(LoadPlan.Reading plan, Position position) {
        services.deadLetters()
                .close(plan.openDeadLetters().except(position.tally().met()), "superseded");
    }

    /** The state of a dead letter whose row a load has written. */
    static String closedState(LoadPlan plan) {
        return plan.type() == LoadType.REPLAY ? "replayed" : "superseded";
    }
}
