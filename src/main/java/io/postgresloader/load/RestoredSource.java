package io.postgresloader.load;

import io.postgresloader.model.KeyMark;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.SourceOrigin;
import io.postgresloader.model.SourceState;
import io.postgresloader.source.ClockReading;
import io.postgresloader.tracking.TableState;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stops a load from a source that is not the one loaded from before, or is that one as it was at an earlier time: what
 * was loaded since would stay, and keys that are given out again would not be read. One sign alone means little where
 * an ALTER, an OPTIMIZE or a new container leaves it as well.
 */
final class RestoredSource {
    private final String table;
    private final SourceOrigin now;
    private final Supplier<Optional<BigInteger>> nextKey;

    /**
     * @param nextKey the key that the source would give out next; empty where it gives out none
     */
    RestoredSource(String table, SourceOrigin now, Supplier<Optional<BigInteger>> nextKey) {
        this.table = table;
        this.now = now;
        this.nextKey = nextKey;
    }

    static RestoredSource of(
            LoadServices services, PreparedTable table, ClockReading reading, Optional<SourceState> state) {
        SourceOrigin origin = new SourceOrigin(
                reading.server().id(), reading.server().certain(), state.flatMap(SourceState::created));
        return new RestoredSource(table.name(), origin, () -> table.integerKey()
                .flatMap(key -> services.sourceQueries().nextKey(table.name(), key)));
    }

    /** Where rows come from now. */
    SourceOrigin origin() {
        return now;
    }

    /** What people may choose between, whatever gave the source away. */
    static String choice(String table) {
        return "; to take the source as it is now: once " + table + " --full, then verify " + table
                + " --repair; if it is the wrong server, let source.url name the right one";
    }

    /**
     * Looks for signs since the last load. Where every load reads all rows, nothing can be passed over.
     *
     * @param greatestKey the greatest key now, where the table has a key arm
     * @return what people should know though it stops nothing
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA, with the choice
     */
    List<String> check(LoadRequest.Kind kind, LoadMode mode, TableState state, Optional<BigInteger> greatestKey) {
        // A full load that was asked for is the choice.
        if (kind == LoadRequest.Kind.FULL
                || mode == LoadMode.FULL
                || state.watermarks().isEmpty()) {
            return List.of();
        }
        Optional<SourceOrigin> before = state.origin();
        boolean otherServer =
                before.filter(o -> !o.server().equals(now.server())).isPresent();
        boolean madeAnew = before.flatMap(SourceOrigin::created)
                .filter(created -> now.created().filter(c -> !c.equals(created)).isPresent())
                .isPresent();
        if (otherServer && (madeAnew || before.get().certain() && now.certain())) {
            throw refused("the source is another server than the one it was loaded from ("
                    + before.get().server() + ", now " + now.server() + ")");
        }
        List<KeyMark> marks = state.watermarks().get().keyMarks();
        if (!marks.isEmpty()) {
            requireKeys(marks.get(marks.size() - 1).key(), greatestKey, madeAnew);
        }
        return notes(otherServer, madeAnew);
    }

    /** Newest rows that were deleted lower the greatest key, and not the one that is given out next. */
    private void requireKeys(BigInteger loaded, Optional<BigInteger> greatestKey, boolean madeAnew) {
        boolean below = loaded.compareTo(Window.LEAST_KEY) > 0
                && greatestKey.filter(key -> key.compareTo(loaded) >= 0).isEmpty();
        if (!below) {
            return;
        }
        Optional<BigInteger> next = nextKey.get();
        if (next.filter(key -> key.compareTo(loaded) <= 0).isPresent()) {
            throw refused("its AUTO_INCREMENT is " + next.get() + ", and keys up to " + loaded
                    + " were loaded before: it was restored to an earlier time, or emptied so that keys are given out"
                    + " again");
        }
        if (next.isEmpty() && madeAnew) {
            throw refused("it was made anew at " + now.created().get() + " UTC, and its greatest key is "
                    + greatestKey.map(Object::toString).orElse("none") + " where keys up to " + loaded
                    + " were loaded before: it was restored to an earlier time, or emptied");
        }
    }

    private List<String> notes(boolean otherServer, boolean madeAnew) {
        List<String> notes = new ArrayList<>();
        if (otherServer) {
            notes.add("the source answers under another server id than before, with the same tables");
        }
        if (madeAnew) {
            notes.add(
                    "the table was made anew in the source at " + now.created().get()
                            + " UTC (by ALTER, OPTIMIZE or a restore); verify " + table + " shows whether rows differ");
        }
        return notes;
    }

    private RuntimeException refused(String what) {
        return Refusals.schema("table " + table + ": " + what + choice(table));
    }
}
