package io.postgresloader.load;

import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Counts;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.KeyMark;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.Selection;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.Watermarks;
import io.postgresloader.source.ClockReading;
import io.postgresloader.target.TargetTable;
import io.postgresloader.target.Upsert;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What happens before the first chunk: the table is inspected, made ready in the target, planned and counted. */
final class LoadPreparation {
    private final LoadServices services;
    private final TableInspector inspector;
    private final SchemaChanges schemaChanges;
    private final LoadPlanning planning;
    private final SourceMoments moments;

    LoadPreparation(LoadServices services) {
        this.services = services;
        this.inspector = new TableInspector(services);
        this.schemaChanges = new SchemaChanges(services);
        this.planning = new LoadPlanning(services);
        this.moments = new SourceMoments(services);
    }

    void prepare(LoadRun run) {
        SourceMoment moment = moments.at(run.request());
        Optional<SourceState> sourceState = moment.table(run.table());
        Optional<String> unchanged = ChangeDetection.unchanged(run.request(), run.options(), run.state(), sourceState);
        if (unchanged.isPresent() && services.targetTables().exists(run.table())) {
            run.noted(moment.reading().notes());
            run.unchanged(nothing(
                    run, horizon(run, moment.reading(), sourceState.get().transactional()), unchanged.get()));
            return;
        }
        prepareRead(run, sourceState);
    }

    private void prepareRead(LoadRun run, Optional<SourceState> sourceState) {
        TableInspector.Inspected inspected =
                inspector.inspect(run.options(), run.request().kind() == LoadRequest.Kind.FULL);
        PreparedTable table = inspected.table();
        Cursors declared = Cursors.declared(run.options(), table.source());
        Map<String, String> fingerprint = Fingerprint.of(table, declared.usable());
        requireChange(run, inspected.schema(), fingerprint);
        schemaChanges.apply(run, inspected.schema());
        // The greatest key first: every key up to it was handed out before the clock is read.
        Optional<BigInteger> greatestKey =
                table.integerKey().flatMap(key -> services.sourceQueries().greatest(table.name(), key));
        ClockReading reading = services.sourceClock().read();
        Horizon horizon = horizon(run, reading, table.source().transactional());
        Sanity.check(run.request().kind(), run.options(), run.state(), horizon);
        checkOrigin(run, table, reading, sourceState, greatestKey);
        Bookmark bookmark = bookmark(run, table, horizon, greatestKey, declared, fingerprint);
        // What changed since the first start of a resumed load may lie behind the rows that it still reads.
        run.saw(ChangeDetection.seen(run.options(), sourceState, bookmark.horizon(), reading.showsTransactions()));
        if (bookmark.type() == LoadType.ADOPT) {
            services.loadStatus().backfill(run.table(), run.epoch(), Adoption.UNPROVEN);
        }
        run.planned(plan(run.request(), table, declared, inspected.schema().notes()), bookmark);
    }

    /** Of a source that cannot tell now, the last one still holds; and what is rounded must not move it back. */
    private static Horizon horizon(LoadRun run, ClockReading reading, boolean transactional) {
        Optional<LocalDateTime> last = run.state().watermarks().map(Watermarks::horizon);
        Horizon horizon = reading.horizon(transactional, last);
        return last.map(horizon::notBefore).orElse(horizon);
    }

    private void checkOrigin(
            LoadRun run,
            PreparedTable table,
            ClockReading reading,
            Optional<SourceState> sourceState,
            Optional<BigInteger> greatestKey) {
        RestoredSource restored = RestoredSource.of(services, table, reading, sourceState);
        List<String> notes = new ArrayList<>(reading.notes());
        notes.addAll(restored.check(run.request().kind(), run.options().load().mode(), run.state(), greatestKey));
        run.noted(notes);
        run.from(restored.origin());
    }

    private static Bookmark nothing(LoadRun run, Horizon horizon, String reason) {
        return new Bookmark(
                UUID.randomUUID().toString(),
                LoadType.UNCHANGED,
                reason,
                Instant.now(),
                horizon,
                Optional.empty(),
                new Selection.Keys(List.of()),
                List.of(),
                run.state().fingerprint(),
                List.of(),
                0,
                Counts.NONE,
                0);
    }

    /** Where nothing has changed, the statement that failed would fail again. */
    private static void requireChange(LoadRun run, SchemaPlan schema, Map<String, String> fingerprint) {
        if (run.doubt().aboutSchema()
                && schema.recorded()
                && run.bookmark().fingerprint().equals(fingerprint)) {
            throw new LoadFailedException(run.doubt().confirmed());
        }
    }

    private LoadRun.Plan plan(LoadRequest request, PreparedTable table, Cursors declared, List<String> notes) {
        TargetTable target = table.target(services.targetTables().schema());
        return new LoadRun.Plan(
                table,
                target,
                declared.usable(),
                new Upsert(services.warehouse(), target, table.keyFormat()),
                new PageSize(
                        services.settings().loading().pageRows(),
                        services.settings().loading().pageBytes(),
                        table.source().averageRowBytes()),
                new OpenEntries(table.keyFormat(), openKeys(request)),
                notes);
    }

    /** A load by keys has nothing to say of the entries of others. */
    private Map<Long, Map<String, String>> openKeys(LoadRequest request) {
        return request.keys().isEmpty()
                ? services.deadLetters().openKeys(request.table())
                : services.deadLetters().openAmong(request.table(), request.keys());
    }

    private Bookmark bookmark(
            LoadRun run,
            PreparedTable table,
            Horizon horizon,
            Optional<BigInteger> greatestKey,
            Cursors declared,
            Map<String, String> fingerprint) {
        Optional<Bookmark> resumable =
                run.state().bookmark().filter(b -> b.fingerprint().equals(fingerprint));
        if (run.request().kind() == LoadRequest.Kind.DUE && resumable.isPresent() && !run.isInDoubt()) {
            return resumed(table, resumable.get());
        }
        LoadPlan plan = planning.plan(run.request(), run.state(), table, horizon, declared, fingerprint);
        Bookmark fresh = new Bookmark(
                UUID.randomUUID().toString(),
                plan.type(),
                plan.reason(),
                Instant.now(),
                horizon,
                greatestKey,
                plan.selection(),
                keyMarksBefore(run),
                fingerprint,
                List.of(),
                count(table, plan.selection(), List.of()),
                Counts.NONE,
                0);
        return run.isInDoubt() ? fresh.continuing(run.bookmark()) : fresh;
    }

    /** Those of a source that people had read anew say nothing of the keys that it will give out. */
    private static List<KeyMark> keyMarksBefore(LoadRun run) {
        return run.request().kind() == LoadRequest.Kind.FULL
                ? List.of()
                : run.state().watermarks().map(Watermarks::keyMarks).orElse(List.of());
    }

    private Bookmark resumed(PreparedTable table, Bookmark bookmark) {
        long left = count(table, bookmark.selection(), bookmark.lastKey());
        return bookmark.resumed(bookmark.counts().pulled() + left);
    }

    private long count(PreparedTable table, Selection selection, List<String> lastKey) {
        if (selection instanceof Selection.Keys keys && keys.keys().isEmpty()) {
            return 0;
        }
        Optional<List<Object>> after = lastKey.isEmpty()
                ? Optional.empty()
                : Optional.of(table.keyFormat().parameters(lastKey));
        return services.sourceQueries().count(table.extractSql().count(selection, after));
    }
}
