package io.postgresloader.load.plan;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.SourceOrigin;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.Watermarks;
import io.postgresloader.tracking.TableState;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fails a load if the source is another one than before, or was restored to an earlier time: rows that were loaded
 * since would stay, and keys that the source hands out a second time would not be read. One sign alone proves little,
 * because an ALTER, an OPTIMIZE or a new container causes it as well.
 */
public final class RestoredSource {
    /** What a load notes that an operator allowed to go on with another server. */
    public static final String ACCEPTED = "the source is another server, which was accepted as one with the same rows";

    private final String table;
    private final SourceOrigin now;
    private final TableFacts.Keys keys;

    RestoredSource(String table, SourceOrigin now, TableFacts.Keys keys) {
        this.table = table;
        this.now = now;
        this.keys = keys;
    }

    static RestoredSource of(TableFacts facts) {
        SourceOrigin origin = new SourceOrigin(
                facts.reading().server().id(),
                facts.reading().server().certain(),
                facts.source().flatMap(SourceState::created));
        return new RestoredSource(facts.table().name(), origin, facts.keys());
    }

    /** The greatest key that was loaded before, if the source's greatest key is now lower. */
    static Optional<BigInteger> lostKey(TableState state, Optional<BigInteger> greatestKey) {
        return lastLoadedKey(state)
                .filter(loaded -> loaded.compareTo(Window.LEAST_KEY) > 0)
                .filter(loaded ->
                        greatestKey.filter(key -> key.compareTo(loaded) >= 0).isEmpty());
    }

    private static Optional<BigInteger> lastLoadedKey(TableState state) {
        return state.watermarks()
                .map(Watermarks::keyMarks)
                .filter(marks -> !marks.isEmpty())
                .map(marks -> marks.get(marks.size() - 1).key());
    }

    /** Where rows come from now. */
    SourceOrigin origin() {
        return now;
    }

    /** The choices that the operator has, the same for every sign; another server is one more. */
    static String choice(String table) {
        return "; to accept this source: once " + table + " --full, then verify " + table
                + " --repair; if it is the wrong server, correct source.url";
    }

    /**
     * Looks for signs since the last load. If every load reads all rows, none can be missed.
     *
     * @return what the operator should know, although it does not fail the load
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA; the message has the choices
     */
    List<String> check(LoadRequest request, LoadMode mode, TableState state) {
        // With a full load the operator has chosen.
        if (request.kind() == LoadRequest.Kind.FULL
                || mode == LoadMode.FULL
                || state.watermarks().isEmpty()) {
            return List.of();
        }
        Optional<SourceOrigin> before = state.origin();
        boolean otherServer =
                before.filter(o -> !o.server().equals(now.server())).isPresent();
        boolean recreated = before.flatMap(SourceOrigin::created)
                .filter(created -> now.created().filter(c -> !c.equals(created)).isPresent())
                .isPresent();
        boolean otherRows = otherServer && (recreated || before.get().certain() && now.certain());
        if (otherRows && !request.sourceAccepted()) {
            throw failure("the source is another server than the one it was loaded from ("
                    + before.get().server() + ", now " + now.server()
                    + "); if it has the same rows, as a replica that became the primary: once " + table
                    + " --accept-source");
        }
        // An accepted replica that has lost rows, or still lags behind, hands out keys again.
        keys.lost().filter(lost -> !lost.deleted()).ifPresent(lost -> requireKeys(lost, recreated));
        return otherRows ? List.of(ACCEPTED) : notes(otherServer, recreated);
    }

    /** Deleting the newest rows lowers the greatest key, and not the key that is handed out next. */
    private void requireKeys(TableFacts.LostKeys lost, boolean recreated) {
        BigInteger loaded = lost.loaded();
        Optional<BigInteger> next = lost.next();
        if (lost.again()) {
            throw failure("its AUTO_INCREMENT is " + next.get() + ", and keys up to " + loaded
                    + " were loaded before: it was restored to an earlier time, or emptied so that keys are given out"
                    + " again");
        }
        if (next.isEmpty() && recreated) {
            throw failure("it was created again at " + now.created().get() + " UTC, and its greatest key is "
                    + keys.greatest().map(Object::toString).orElse("none") + " where keys up to " + loaded
                    + " were loaded before: it was restored to an earlier time, or emptied");
        }
    }

    private List<String> notes(boolean otherServer, boolean recreated) {
        List<String> notes = new ArrayList<>();
        keys.lost()
                .filter(TableFacts.LostKeys::deleted)
                .ifPresent(lost -> notes.add("the source gives out keys up to " + lost.loaded()
                        + " a second time: its newest rows were deleted"));
        if (otherServer) {
            notes.add("the source answers under another server id than before, with the same tables");
        }
        if (recreated) {
            notes.add("the table was created again in the source at "
                    + now.created().get() + " UTC (by ALTER, OPTIMIZE or a restore); verify " + table
                    + " shows whether rows differ");
        }
        return notes;
    }

    private RuntimeException failure(String what) {
        return LoadErrors.schema("table " + table + ": " + what + choice(table));
    }
}
