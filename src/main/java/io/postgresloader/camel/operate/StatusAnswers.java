package io.postgresloader.camel.operate;

import io.postgresloader.monitor.DocumentJson;
import io.postgresloader.monitor.Severity;
import io.postgresloader.monitor.StatusDocument;
import io.postgresloader.monitor.StatusSelection;
import io.postgresloader.monitor.StatusSelection.Sort;
import io.postgresloader.monitor.StatusWatch;
import io.postgresloader.monitor.TableDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The status as JSON: of all tables, filtered and by pages, and of one. 400 names a parameter that is wrong, 404 a table that
 * is neither listed nor tracked; 503 only if the target has not answered since the start.
 */
public final class StatusAnswers {
    private static final String JSON = "application/json";
    private static final String STATE = "state";
    private static final String CONCERN = "concern";
    private static final String SEARCH = "search";
    private static final String SORT = "sort";
    private static final String PAGE = "page";
    private static final String SIZE = "size";
    private static final Set<String> ALLOWED = new TreeSet<>(Set.of(STATE, CONCERN, SEARCH, SORT, PAGE, SIZE));
    private static final int GREATEST_PAGE = 1_000_000;
    private static final int LONGEST_SEARCH = 200;

    private final StatusWatch watch;

    public StatusAnswers(StatusWatch watch) {
        this.watch = watch;
    }

    /** All tables that match the query. */
    public Answer all(Request request) {
        StatusSelection selection;
        try {
            selection = selection(new QueryParameters(request.query(), ALLOWED));
        } catch (IllegalArgumentException e) {
            return Answer.error(400, e.getMessage());
        }
        return watch.all().map(selection::of).map(StatusAnswers::answer).orElseGet(StatusAnswers::silent);
    }

    /** The table that the path names. */
    public Answer table(Request request) {
        try {
            new QueryParameters(request.query(), Set.of());
        } catch (IllegalArgumentException e) {
            return Answer.error(400, e.getMessage());
        }
        String name = request.segment().orElseThrow();
        Optional<StatusDocument> all = watch.all();
        if (all.isEmpty()) {
            return silent();
        }
        if (all.get().tables().stream().noneMatch(row -> row.table().equals(name))) {
            return Answer.error(404, "'" + QueryParameters.shown(name) + "' is neither in the table list nor tracked");
        }
        Optional<TableDocument> table = watch.table(all.get(), name);
        return table.map(StatusAnswers::answer).orElseGet(StatusAnswers::silent);
    }

    private static Answer answer(Object document) {
        return new Answer(200, JSON, DocumentJson.bytes(document), Map.of()).tagged(DocumentJson.etag(document));
    }

    private static Answer silent() {
        return Answer.error(503, "the target does not answer, and was not read before")
                .later();
    }

    /** @throws IllegalArgumentException with the parameter, the value found and what is allowed */
    static StatusSelection selection(QueryParameters parameters) {
        Optional<String> sort = parameters.one(SORT);
        boolean descending = sort.filter(text -> text.startsWith("-")).isPresent();
        return new StatusSelection(
                parameters.one(STATE).map(state -> oneOf(STATE, state, StatusSelection.STATES)),
                parameters.one(CONCERN).map(concern -> oneOf(CONCERN, concern, concerns())),
                parameters.one(SEARCH).map(StatusAnswers::search).orElse(""),
                sort.map(StatusAnswers::sort).orElse(Sort.WORST),
                descending,
                number(parameters, PAGE, 1, GREATEST_PAGE),
                number(parameters, SIZE, StatusSelection.DEFAULT_SIZE, StatusSelection.GREATEST_SIZE));
    }

    private static List<String> concerns() {
        List<String> words = new ArrayList<>(List.of(StatusSelection.ANY));
        Arrays.stream(Severity.values()).map(Severity::word).forEach(words::add);
        return words;
    }

    private static String oneOf(String name, String found, List<String> allowed) {
        if (!allowed.contains(found)) {
            throw new IllegalArgumentException(name + ": found '" + QueryParameters.shown(found) + "'; expected one of "
                    + String.join(", ", allowed));
        }
        return found;
    }

    private static String search(String text) {
        if (text.length() > LONGEST_SEARCH) {
            throw new IllegalArgumentException(
                    SEARCH + ": found " + text.length() + " characters; expected at most " + LONGEST_SEARCH);
        }
        return text;
    }

    private static Sort sort(String text) {
        return Sort.of(text.startsWith("-") ? text.substring(1) : text)
                .orElseThrow(() -> new IllegalArgumentException(SORT + ": found '" + QueryParameters.shown(text)
                        + "'; expected one of "
                        + String.join(
                                ", ",
                                Arrays.stream(Sort.values()).map(Sort::word).toList())
                        + ", each with - before it for the reverse"));
    }

    private static int number(QueryParameters parameters, String name, int without, int greatest) {
        Optional<String> text = parameters.one(name);
        if (text.isEmpty()) {
            return without;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= 1 && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException(
                name + ": found '" + QueryParameters.shown(text.get()) + "'; expected a number from 1 to " + greatest);
    }
}
