package io.postgresloader.camel.operate;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.database.Warehouse;
import io.postgresloader.monitor.FreshnessGoal;
import io.postgresloader.monitor.FreshnessGoal.Kind;
import io.postgresloader.monitor.FreshnessGoal.TableGoal;
import io.postgresloader.monitor.FreshnessGoal.Verdict;
import io.postgresloader.monitor.LatestValue;
import io.postgresloader.tracking.FreshnessReport;
import io.postgresloader.tracking.FreshnessReport.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Answers whether tables are loaded, or complete, up to a time: 200 when they are, 503 when they are not yet or the
 * target does not answer, 400 with the parameter that is wrong. The target is queried every two seconds at most,
 * whatever the number of clients.
 */
public final class CompleteAnswers implements Answering {
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration WAIT = Duration.ofSeconds(2);

    /** What was so is so a little later; clients that ask every few seconds get what was too late for them. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private static final String TABLE = "table";
    private static final String LOADED_UP_TO = "loaded-up-to";
    private static final String COMPLETE_UP_TO = "complete-up-to";
    private static final String NO_DEAD_LETTERS = "no-dead-letters";
    private static final Set<String> ALLOWED =
            new TreeSet<>(Set.of(TABLE, LOADED_UP_TO, COMPLETE_UP_TO, NO_DEAD_LETTERS));

    private final Supplier<Optional<Map<String, Line>>> lines;
    private final Supplier<Catalog> catalog;

    /** @param catalog supplies the active table list */
    public CompleteAnswers(Warehouse warehouse, Supplier<Catalog> catalog) {
        this(new LatestValue<>(new FreshnessReport(warehouse)::read, FRESH, WAIT, KEPT)::value, catalog);
    }

    /** @param lines supplies the rows of {@code etl_freshness}; empty: the target does not answer */
    CompleteAnswers(Supplier<Optional<Map<String, Line>>> lines, Supplier<Catalog> catalog) {
        this.lines = lines;
        this.catalog = catalog;
    }

    @Override
    public Answer answer(Request request) {
        Catalog active = catalog.get();
        FreshnessGoal goal;
        List<String> tables;
        try {
            QueryParameters parameters = new QueryParameters(request.query(), ALLOWED);
            goal = goal(parameters);
            tables = tables(parameters, active);
        } catch (IllegalArgumentException e) {
            return Answer.error(400, e.getMessage());
        }
        return lines.get()
                .map(found -> answer(
                        goal,
                        tables.stream()
                                .map(table ->
                                        goal.of(table, Optional.ofNullable(found.get(table)), active.table(table)))
                                .toList()))
                .orElseGet(
                        () -> Answer.json(503, Map.of("verdict", "unknown", "message", "the target does not answer")));
    }

    private static FreshnessGoal goal(QueryParameters parameters) {
        Optional<String> loaded = parameters.one(LOADED_UP_TO);
        Optional<String> complete = parameters.one(COMPLETE_UP_TO);
        if (loaded.isPresent() == complete.isPresent()) {
            throw new IllegalArgumentException("give one of " + LOADED_UP_TO + " and " + COMPLETE_UP_TO);
        }
        return new FreshnessGoal(
                complete.isPresent() ? Kind.COMPLETE : Kind.LOADED,
                loaded.map(text -> time(LOADED_UP_TO, text))
                        .orElseGet(() -> time(COMPLETE_UP_TO, complete.orElseThrow())),
                parameters.isTrue(NO_DEAD_LETTERS));
    }

    /** The time of a request is later than any load that it could find. */
    private static Instant time(String parameter, String text) {
        if (text.equals("now")) {
            throw new IllegalArgumentException(
                    parameter + ": found 'now', which is another time at each request; expected"
                            + " a fixed time, such as the one at which the client begins to ask");
        }
        try {
            return FreshnessGoal.time(QueryParameters.shown(text));
        } catch (IllegalArgumentException e) {
            String plus = text.contains(" ") ? " (a + is written %2B in a query)" : "";
            throw new IllegalArgumentException(parameter + ": " + e.getMessage() + plus);
        }
    }

    private static List<String> tables(QueryParameters parameters, Catalog active) {
        List<String> named = parameters.all(TABLE);
        named.stream()
                .filter(table -> active.table(table).isEmpty())
                .findFirst()
                .ifPresent(table -> {
                    throw new IllegalArgumentException(
                            TABLE + ": '" + QueryParameters.shown(table) + "' is not in the table list");
                });
        return named.isEmpty()
                ? List.copyOf(active.tables().keySet())
                : named.stream().distinct().toList();
    }

    private static Answer answer(FreshnessGoal goal, List<TableGoal> tables) {
        List<TableGoal> open = tables.stream()
                .filter(table -> table.verdict() != Verdict.HOLDS)
                .toList();
        boolean impossible = open.stream().anyMatch(table -> table.verdict() != Verdict.WAITING);
        Verdict verdict = impossible ? Verdict.IMPOSSIBLE : open.isEmpty() ? Verdict.HOLDS : Verdict.WAITING;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("verdict", verdict.word());
        fields.put("goal", goal.kind().word());
        fields.put("up_to", goal.time());
        fields.put("no_dead_letters", goal.noDeadLetters());
        fields.put("tables", tables.size());
        fields.put("missing", open.stream().map(CompleteAnswers::json).toList());
        return Answer.json(open.isEmpty() ? 200 : 503, fields);
    }

    private static Map<String, Object> json(TableGoal table) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("table", table.table());
        fields.put("verdict", table.verdict().word());
        fields.put("up_to", table.reached().orElse(null));
        fields.put("needs_comparison", table.needsComparison());
        // Why a load failed is for those who may log in; see status.
        fields.put("missing", table.missing().orElseThrow());
        return fields;
    }
}
