package io.postgresloader.load.plan;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.schema.Preparation;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.load.schema.SchemaChange;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.SchemaVersion.LoadedColumn;
import io.postgresloader.model.Selection;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.TableOptions;
import io.postgresloader.source.PageSize;
import io.postgresloader.source.SourceQueries.Access;
import io.postgresloader.sql.BoundSql;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.tracking.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Explains what the next load of a table would do, and changes nothing in either database. */
public final class LoadExplainer {
    /** With fewer rows any optimizer prefers a scan. */
    private static final long SMALL = 1000;

    private final LoadServices services;
    private final boolean tracked;
    private final FactsReader facts;
    private final TargetCheck targetCheck;

    /** @param tracked whether the target has tracking tables; without them the loader has not loaded anything yet */
    public LoadExplainer(LoadServices services, boolean tracked) {
        this.services = services;
        this.tracked = tracked;
        this.facts = new FactsReader(services, tracked);
        this.targetCheck = new TargetCheck(services);
    }

    /** If the load would fail, the explanation contains the failure's message. */
    public PlanExplanation explain(String table) {
        TableOptions options = services.catalog().get().table(table).orElseThrow();
        try {
            return explain(options);
        } catch (RuntimeException e) {
            return PlanExplanation.failing(table, SqlFailures.of(e).message());
        }
    }

    /**
     * What a sample of a table that another loader has filled shows; nothing of another table, and of one that cannot be
     * loaded, which {@link #explain} reports.
     */
    public AdoptionFindings survey(String table) {
        TableOptions options = services.catalog().get().table(table).orElseThrow();
        try {
            return adopts(table) ? survey(facts.prepare(LoadRequest.adopt(table), options)) : AdoptionFindings.NONE;
        } catch (RuntimeException e) {
            return AdoptionFindings.NONE;
        }
    }

    private static AdoptionFindings survey(Preparation preparation) {
        List<String> lines = new ArrayList<>(preparation.survey().findings());
        preparation
                .survey()
                .obstacle()
                .map(text -> text.replaceFirst("^table [^:]*: ", ""))
                .ifPresent(lines::add);
        List<LoadedColumn> withClock = preparation.change().version().columns().stream()
                .filter(column -> column.sourceType().startsWith("timestamp"))
                .filter(column -> preparation.table().source().keys().stream()
                        .noneMatch(key -> key.columns().contains(column.name())))
                .toList();
        boolean local = !withClock.isEmpty()
                && withClock.stream().allMatch(column -> column.wallClock().isPresent());
        return new AdoptionFindings(lines, local);
    }

    private PlanExplanation explain(TableOptions options) {
        LoadRequest request =
                adopts(options.table()) ? LoadRequest.adopt(options.table()) : LoadRequest.due(options.table());
        Preparation preparation = facts.prepare(request, options);
        SchemaChange change = preparation.change();
        TargetCheck.Found target = tracked
                ? targetCheck.of(request, services.loadStatus().look(options.table()))
                : TargetCheck.Found.UNTRACKED;
        TableState state = target.state();
        Optional<SourceState> source =
                Optional.ofNullable(services.sourceStates().of(options.table()).get(options.table()));
        Optional<PlanExplanation.Read> read = Optional.empty();
        Optional<String> refusal = Optional.empty();
        Optional<String> compare = Optional.empty();
        try {
            LoadPlan.Reading plan =
                    LoadPlanner.plan(request, state, facts.read(preparation, request, state, source), Optional.empty());
            read = Optional.of(read(plan, state));
            compare = plan.compare();
        } catch (LoadFailedException e) {
            refusal = Optional.of(e.failure().message());
        }
        return new PlanExplanation(
                options.table(),
                refusal,
                change.version().columns(),
                options.columns().excluded(),
                change.alreadyApplied() ? List.of() : change.changes(),
                change.statements(),
                notes(options, change, target, source, compare),
                read);
    }

    private List<String> notes(
            TableOptions options,
            SchemaChange change,
            TargetCheck.Found target,
            Optional<SourceState> source,
            Optional<String> compare) {
        List<String> notes = new ArrayList<>(change.notes());
        compare.ifPresent(reason -> notes.add("the whole table would be compared after the load: " + reason));
        if (target.asRecorded() && change.alreadyApplied()) {
            ChangeDetection.unchanged(LoadRequest.due(options.table()), options, target.state(), source)
                    .ifPresent(reason -> notes.add("nothing would be read now: " + reason));
        }
        return notes;
    }

    private boolean adopts(String table) {
        Adoption adoption = new Adoption(services);
        return tracked ? adoption.due(table) : adoption.filled(table);
    }

    private static List<ReadAgain> readsAgain(LoadPlan.Reading plan, TableState state) {
        return plan.scope().selection() instanceof Selection.Changed changed
                ? state.watermarks()
                        .map(watermarks -> ReadAgain.of(
                                changed,
                                new Window(plan.table().options(), plan.scope().horizon()),
                                watermarks))
                        .orElse(List.of())
                : List.of();
    }

    private PlanExplanation.Read read(LoadPlan.Reading plan, TableState state) {
        PreparedTable table = plan.table();
        // An adoption compares all rows.
        Selection selection = plan.type() == LoadType.ADOPT
                ? new Selection.All()
                : plan.scope().selection();
        Optional<List<Object>> after = table.after(plan.lastKey());
        PageSize size = services.firstPage(table.source());
        BoundSql all = table.extractSql().page(selection, after, Optional.empty());
        Access expected = services.sourceQueries().explain(all);
        boolean severalPages = expected.rows() >= size.rows() && !table.key().none();
        BoundSql first = table.page(
                        selection, plan.lastKey(), size, severalPages ? OptionalLong.empty() : OptionalLong.of(0))
                .query();
        Access access = first.equals(all) ? expected : services.sourceQueries().explain(first);
        return new PlanExplanation.Read(
                plan.type().word(),
                plan.reason(),
                window(selection, plan.lastKey()),
                readsAgain(plan, state),
                first.text(),
                first.parameters(),
                expected.rows(),
                access.index(),
                warning(selection, access));
    }

    private static Optional<String> warning(Selection selection, Access access) {
        boolean everyRow = selection instanceof Selection.All;
        if (everyRow || !access.scans() || access.rows() < SMALL) {
            return Optional.empty();
        }
        return Optional.of("the source would look at about " + access.rows() + " rows to find those that changed: no"
                + " index serves every arm of the predicate; add one to the source for each cursor column, or leave"
                + " columns without one out");
    }

    private static List<String> window(Selection selection, RowKey lastKey) {
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
