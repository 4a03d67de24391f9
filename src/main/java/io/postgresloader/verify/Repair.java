package io.postgresloader.verify;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Mends what a comparison found: loads the rows that are missing or different again, through the same routes as any load,
 * and treats those that only the target has.
 */
public final class Repair {
    private static final int KEYS_OF_REQUEST = 1_000;

    private final Verifier verifier;
    private final ExtraRows extraRows;
    private final Function<LoadRequest, LoadResult> loads;

    /** @param loads does one load, and answers when it has ended */
    public Repair(Verifier verifier, ExtraRows extraRows, Function<LoadRequest, LoadResult> loads) {
        this.verifier = verifier;
        this.extraRows = extraRows;
        this.loads = loads;
    }

    /**
     * What was done, and what is so now.
     *
     * @param before the comparison that called for it
     * @param after the comparison made afterwards; the same when nothing was to be done
     * @param reloaded rows that were inserted or updated
     * @param removed rows that were deleted or marked
     * @param refused why something was left undone, and what to do
     */
    public record Result(Comparison before, Comparison after, long reloaded, long removed, Optional<String> refused) {}

    /**
     * What was done.
     *
     * @param reloaded rows that were inserted or updated
     * @param removed rows that were deleted or marked
     * @param failure why rows could not be loaded again
     * @param braked why rows were not taken away, and what to do
     */
    record Mended(long reloaded, long removed, Optional<String> failure, Optional<String> braked) {
        static final Mended NOTHING = new Mended(0, 0, Optional.empty(), Optional.empty());
    }

    /**
     * Compares, mends, and compares again.
     *
     * @param forceDeletes whether to delete however many rows are gone from the source
     */
    public Result repair(String table, boolean forceDeletes) throws SQLException, InterruptedException {
        DifferentKeys keys = new DifferentKeys();
        Comparison before = verifier.verify(table, keys::add);
        Comparison after = before;
        long reloaded = 0;
        long removed = 0;
        while (!after.proven() && after.failure().isEmpty()) {
            Mended mended = mend(table, keys, after.extra(), forceDeletes);
            reloaded += mended.reloaded();
            removed += mended.removed();
            boolean done = keys.complete() || !verifier.hasKey(table);
            keys = new DifferentKeys();
            after = verifier.verify(table, keys::add);
            Optional<String> refused = mended.failure().or(mended::braked);
            if (done || refused.isPresent()) {
                return new Result(before, after, reloaded, removed, refused);
            }
        }
        return new Result(before, after, reloaded, removed, Optional.empty());
    }

    /** @param extra how many rows only the target has, of which {@code keys} may hold a part */
    Mended mend(String table, DifferentKeys keys, long extra, boolean forceDeletes)
            throws SQLException, InterruptedException {
        if (!verifier.hasKey(table)) {
            return replace(table, forceDeletes);
        }
        long reloaded = 0;
        for (LoadRequest request : requests(table, keys)) {
            LoadResult result = loads.apply(request);
            reloaded += result.counts().inserted() + result.counts().updated();
            if (result.failure().isPresent()) {
                return new Mended(reloaded, 0, result.failure().map(Object::toString), Optional.empty());
            }
        }
        ExtraRows.Result removed = extraRows.treat(table, keys.extra(), extra, forceDeletes);
        return new Mended(reloaded, removed.removed(), Optional.empty(), removed.refused());
    }

    /** Without a key a load of all rows mends what is missing and what is extra at once, and has a brake of its own. */
    private Mended replace(String table, boolean forceDeletes) {
        LoadRequest request = forceDeletes
                ? new LoadRequest(table, LoadRequest.Kind.FULL, true)
                : LoadRequest.repair(table, List.of());
        LoadResult result = loads.apply(request);
        return new Mended(result.counts().inserted(), 0, result.failure().map(Object::toString), Optional.empty());
    }

    /** Beyond what is kept of the keys, a load of the whole table, which writes only what differs, is the shorter way. */
    private static List<LoadRequest> requests(String table, DifferentKeys keys) {
        if (keys.staleBeyondKept()) {
            return List.of(new LoadRequest(table, LoadRequest.Kind.FULL, true));
        }
        List<Map<String, String>> stale = keys.stale();
        List<LoadRequest> requests = new ArrayList<>();
        for (int from = 0; from < stale.size(); from += KEYS_OF_REQUEST) {
            requests.add(
                    LoadRequest.repair(table, stale.subList(from, Math.min(stale.size(), from + KEYS_OF_REQUEST))));
        }
        return requests;
    }
}
