package io.postgresloader.load.plan;

import io.postgresloader.load.plan.LoadPlan.Start;
import io.postgresloader.load.plan.LoadPlan.StartKind;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Bookmark;
import io.postgresloader.model.KeyMark;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadScope;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.Selection;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.Watermarks;
import io.postgresloader.tracking.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans a load: a pure function of the request, the table's state and the facts. It decides what is read and why, and
 * keeps the scope of a load that is resumed.
 */
public final class LoadPlanner {
    private static final String OTHER_VALUES =
            "nul_characters, invalid_text or zero_dates changed, and rows that are loaded already keep their values";

    private final LoadRequest request;
    private final TableState state;
    private final TableFacts facts;
    private final Map<String, String> fingerprint;

    private LoadPlanner(LoadRequest request, TableState state, TableFacts facts) {
        this.request = request;
        this.state = facts.change()
                .backfill()
                .or(() -> givenOutAgain(facts).map(lost -> "keys up to " + lost.loaded() + " are given out again"))
                .map(state::backfilling)
                .orElse(state);
        this.facts = facts;
        this.fingerprint = Fingerprint.of(facts.table(), facts.cursors().usable());
    }

    /** The plan of a load that has nothing to read because the source is unchanged; empty when rows must be queried. */
    public static Optional<LoadPlan.Unchanged> unchanged(
            LoadRequest request, TableOptions options, TableState state, SourceSnapshot snapshot) {
        Optional<SourceState> source = snapshot.table(request.table());
        return ChangeDetection.unchanged(request, options, state, source)
                // What another server says of its last change says nothing of these rows.
                .filter(reason -> FactsReader.loadedFrom(state, snapshot.reading()))
                .map(reason -> new LoadPlan.Unchanged(
                        reason,
                        new LoadScope(
                                FactsReader.horizon(
                                        snapshot.reading(), source.orElseThrow().transactional(), state),
                                Optional.empty(),
                                new Selection.Keys(List.of()),
                                List.of(),
                                state.fingerprint()),
                        ChangeDetection.still(options, source, state.seen()),
                        snapshot.reading().notes()));
    }

    /**
     * Plans a load that queries rows.
     *
     * @param earlier the attempt at this load that failed last; empty for the first attempt
     * @throws LoadFailedException of kind SCHEMA when the load must not run; the message says what to do
     */
    public static LoadPlan.Reading plan(
            LoadRequest request, TableState state, TableFacts facts, Optional<EarlierAttempt> earlier) {
        return new LoadPlanner(request, state, facts).plan(earlier);
    }

    private LoadPlan.Reading plan(Optional<EarlierAttempt> earlier) {
        earlier.ifPresent(this::requireChange);
        TableOptions options = facts.table().options();
        WindowGuard.check(request.kind(), options, state, facts.horizon());
        RestoredSource restored = RestoredSource.of(facts);
        List<String> notes = new ArrayList<>(facts.change().notes());
        notes.addAll(facts.reading().notes());
        RandomKeys.note(facts.keys().top()).ifPresent(notes::add);
        notes.addAll(restored.check(request, options.load().mode(), state));
        Start start = start(earlier);
        Reads reads = reads(start);
        return new LoadPlan.Reading(
                reads.type(),
                reads.reason(),
                reads.scope(),
                start,
                facts.preparation(),
                next(reads),
                compare(reads.type()),
                facts.openDeadLetters(),
                restored.origin(),
                // Rows that a resumed load has read may have changed since it first started.
                ChangeDetection.seen(
                        options,
                        facts.source(),
                        reads.scope().horizon(),
                        facts.reading().showsTransactions()),
                notes);
    }

    /** If nothing has changed, the failed statement would fail again. */
    private void requireChange(EarlierAttempt earlier) {
        if (earlier.schemaByServer()
                && facts.change().alreadyApplied()
                && Fingerprint.same(earlier.bookmark().scope().fingerprint(), fingerprint)) {
            throw new LoadFailedException(earlier.failure());
        }
    }

    /** A load by new keys alone sees no edits, so the watermarks of cursor columns stay. */
    private Watermarks next(Reads reads) {
        LoadScope scope = reads.scope();
        Watermarks next = new Window(facts.table().options(), scope.horizon())
                .next(
                        scope.keyMarks(),
                        facts.cursors().usable(),
                        facts.table().integerKey().isPresent(),
                        scope.greatestKey());
        return reads.type() == LoadType.APPEND
                ? state.watermarks().map(next::withCursorsOf).orElse(next)
                : next;
    }

    /** A load that reads all rows stores all values again. */
    private Optional<String> compare(LoadType type) {
        if (type != LoadType.INCREMENTAL && type != LoadType.APPEND) {
            return Optional.empty();
        }
        boolean sameValues = Fingerprint.sameValues(state.fingerprint(), fingerprint)
                .orElseGet(() -> !ChangeDetection.otherOptions(facts.table().options(), state));
        return sameValues ? Optional.empty() : Optional.of(OTHER_VALUES);
    }

    private Start start(Optional<EarlierAttempt> earlier) {
        if (earlier.isPresent()) {
            return Start.from(next(earlier.get()), earlier.get().bookmark());
        }
        return state.bookmark()
                .filter(bookmark -> request.kind() == LoadRequest.Kind.DUE)
                .filter(bookmark -> Fingerprint.same(bookmark.scope().fingerprint(), fingerprint))
                .map(bookmark -> Start.from(StartKind.RESUMED, bookmark))
                .orElse(Start.NEW);
    }

    /** A back-fill or an emptied table voids the position as well: rows before it must be loaded again. */
    private StartKind next(EarlierAttempt earlier) {
        if (earlier.miscounted()) {
            return StartKind.RECOUNTED;
        }
        boolean planHolds = !earlier.emptied()
                && facts.change().backfill().isEmpty()
                && Fingerprint.same(earlier.bookmark().scope().fingerprint(), fingerprint);
        return planHolds ? StartKind.RETRIED : StartKind.REPLANNED;
    }

    /** What a load reads, and why. */
    private record Reads(LoadType type, String reason, LoadScope scope) {}

    /** A resumed load keeps the scope of its first start, including that start's horizon. */
    private Reads reads(Start start) {
        return switch (start.kind()) {
            case RESUMED -> goesOn(
                    start.bookmark().orElseThrow().load().resumed().reason(), start);
            case RETRIED -> goesOn(start.bookmark().orElseThrow().load().reason(), start);
            case NEW, REPLANNED, RECOUNTED -> begins();
        };
    }

    private static Reads goesOn(String reason, Start start) {
        Bookmark bookmark = start.bookmark().orElseThrow();
        return new Reads(bookmark.load().type(), reason, bookmark.scope());
    }

    private Reads begins() {
        LoadChoice.Rows rows = rows();
        return new Reads(
                rows.type(),
                rows.reason(),
                new LoadScope(
                        facts.horizon(), facts.keys().greatest(), rows.selection(), keyMarksBefore(), fingerprint));
    }

    private LoadChoice.Rows rows() {
        PreparedTable table = facts.table();
        return KeyedLoads.rows(request, state, table, facts.openDeadLetters().keys())
                .orElseGet(() -> new ChangedRows(
                                table,
                                new Window(table.options(), facts.horizon()),
                                facts.cursors().withValues(facts.filled()::contains),
                                fingerprint)
                        .rows(request, state));
    }

    /** Rows were deleted, and new ones get their keys: nothing shows from which key on the rows are new. */
    private static Optional<TableFacts.LostKeys> givenOutAgain(TableFacts facts) {
        return facts.keys().lost().filter(TableFacts.LostKeys::deleted);
    }

    /**
     * After a full load that an operator requested, or that reads keys which are given out again, key marks of earlier
     * loads are not valid any more.
     */
    private List<KeyMark> keyMarksBefore() {
        return request.kind() == LoadRequest.Kind.FULL || givenOutAgain(facts).isPresent()
                ? List.of()
                : state.watermarks().map(Watermarks::keyMarks).orElse(List.of());
    }
}
