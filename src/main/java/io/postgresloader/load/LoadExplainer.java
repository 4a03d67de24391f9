package io.postgresloader.load;

import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.Selection;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.Watermarks;
import io.postgresloader.source.ClockReading;
import io.postgresloader.source.SourceQueries.Access;
import io.postgresloader.sql.BoundSql;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.tracking.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells what the next load of a table would do, and changes nothing anywhere. */
public final class LoadExplainer {
    /** Below so many rows a scan is what any optimizer prefers. */
    private static final long SMALL = 1000;

    private final LoadServices services;
    private final boolean tracked;
    private final TableInspector inspector;
    private final LoadPlanning planning;

    /** @param tracked whether the target has tracking tables; without them no load of ours has been */
    public LoadExplainer(LoadServices services, boolean tracked) {
        this.services = services;
        this.tracked = tracked;
        this.inspector =
                new TableInspector(services, tracked ? services.schemaVersions()::newest : table -> Optional.empty());
        this.planning = new LoadPlanning(services);
    }

    /** Whatever stands in the way of the load is part of the answer, in the words that the load would fail with. */
    public TablePlan explain(String table) {
        TableOptions options = services.catalog().get().table(table).orElseThrow();
        try {
            return explain(options);
        } catch (RuntimeException e) {
            return TablePlan.refused(table, SqlFailures.of(e).message());
        }
    }

    private TablePlan explain(TableOptions options) {
        TableInspector.Inspected inspected = inspector.inspect(options, false);
        SchemaPlan schema = inspected.schema();
        TableState state = tracked ? services.loadStatus().look(options.table()) : TableState.UNKNOWN;
        Optional<SourceState> source =
                Optional.ofNullable(services.sourceStates().of(options.table()).get(options.table()));
        Optional<TablePlan.Read> read = Optional.empty();
        Optional<String> refusal = Optional.empty();
        try {
            read = Optional.of(read(inspected, state, source));
        } catch (LoadFailedException e) {
            refusal = Optional.of(e.failure().message());
        }
        return new TablePlan(
                options.table(),
                refusal,
                schema.version().columns(),
                options.columns().excluded(),
                schema.recorded() ? List.of() : schema.changes(),
                schema.statements(),
                notes(options, schema, state, source),
                read);
    }

    private List<String> notes(
            TableOptions options, SchemaPlan schema, TableState state, Optional<SourceState> source) {
        List<String> notes = new ArrayList<>(schema.notes());
        if (tracked && schema.recorded()) {
            ChangeDetection.unchanged(LoadRequest.due(options.table()), options, state, source)
                    .ifPresent(reason -> notes.add("nothing would be read now: " + reason));
        }
        return notes;
    }

    private boolean adopts(String table) {
        Adoption adoption = new Adoption(services);
        return tracked ? adoption.due(table) : adoption.filled(table);
    }

    private TablePlan.Read read(TableInspector.Inspected inspected, TableState state, Optional<SourceState> source) {
        PreparedTable table = inspected.table();
        TableState now = inspected.schema().backfill().map(state::backfilling).orElse(state);
        ClockReading reading = services.sourceClock().read();
        Horizon horizon = reading.horizon(
                table.source().transactional(), state.watermarks().map(Watermarks::horizon));
        Sanity.check(LoadRequest.Kind.DUE, table.options(), state, horizon);
        RestoredSource.of(services, table, reading, source)
                .check(
                        LoadRequest.Kind.DUE,
                        table.options().load().mode(),
                        state,
                        table.integerKey()
                                .flatMap(key -> services.sourceQueries().greatest(table.name(), key)));
        Cursors declared = Cursors.declared(table.options(), table.source());
        Map<String, String> fingerprint = Fingerprint.of(table, declared.usable());
        Optional<Bookmark> unfinished =
                now.bookmark().filter(bookmark -> bookmark.fingerprint().equals(fingerprint));
        if (unfinished.isPresent()) {
            Bookmark bookmark = unfinished.get();
            LoadPlan plan = new LoadPlan(bookmark.type(), bookmark.resumedReason(), bookmark.selection());
            return read(table, plan, bookmark.lastKey());
        }
        if (adopts(table.name())) {
            return read(table, new LoadPlan(LoadType.ADOPT, Adoption.UNPROVEN, new Selection.All()), List.of());
        }
        LoadRequest due = LoadRequest.due(table.name());
        return read(table, planning.plan(due, now, table, horizon, declared, fingerprint), List.of());
    }

    private TablePlan.Read read(PreparedTable table, LoadPlan plan, List<String> lastKey) {
        Optional<List<Object>> after = lastKey.isEmpty()
                ? Optional.empty()
                : Optional.of(table.keyFormat().parameters(lastKey));
        int pageRows = new PageSize(
                        services.settings().loading().pageRows(),
                        services.settings().loading().pageBytes(),
                        table.source().averageRowBytes())
                .rows();
        BoundSql all = table.extractSql().page(plan.selection(), after, Optional.empty());
        Access expected = services.sourceQueries().explain(all);
        boolean severalPages = expected.rows() >= pageRows && !table.key().none();
        BoundSql first = severalPages ? table.extractSql().page(plan.selection(), after, Optional.of(pageRows)) : all;
        Access access = severalPages ? services.sourceQueries().explain(first) : expected;
        return new TablePlan.Read(
                plan.type().word(),
                plan.reason(),
                window(plan.selection(), lastKey),
                first.text(),
                first.parameters(),
                expected.rows(),
                access.index(),
                warning(plan, access));
    }

    private static Optional<String> warning(LoadPlan plan, Access access) {
        boolean everyRow = plan.selection() instanceof Selection.All;
        if (everyRow || !access.scans() || access.rows() < SMALL) {
            return Optional.empty();
        }
        return Optional.of("the source would look at about " + access.rows() + " rows to find those that changed: no"
                + " index serves every arm of the predicate; add one to the source for each cursor column, or leave"
                + " columns without one out");
    }

    private static List<String> window(Selection selection, List<String> lastKey) {
        List<String> window = new ArrayList<>();
        if (selection instanceof Selection.Changed changed) {
            changed.ranges()
                    .forEach(range -> window.add(range.cursor().column() + " from " + range.from() + ", before "
                            + range.before() + " ("
                            + range.cursor().type().name().toLowerCase(Locale.ROOT)
                            + ", " + changed.logic().name().toLowerCase(Locale.ROOT) + ")"));
            changed.newKeys().ifPresent(above -> window.add(above.column() + " above " + above.key() + " (new keys)"));
        }
        if (!lastKey.isEmpty()) {
            window.add("behind the key of the last committed chunk");
        }
        return window;
    }
}
