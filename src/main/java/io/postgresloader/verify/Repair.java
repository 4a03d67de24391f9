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
    /** Beyond so many keys a load of the whole table, which writes only what differs, is the shorter way. */
    private static final int MOST_KEYS = 100_000;

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

    /** @param forceDeletes whether to delete however many rows are gone from the source */
    public Result repair(String table, boolean forceDeletes) throws SQLException, InterruptedException {
        List<Map<String, String>> stale = new ArrayList<>();
        List<Map<String, String>> extra = new ArrayList<>();
        Comparison before = verifier.verify(table, difference -> {
            List<Map<String, String>> keys = difference.kind() == Difference.Kind.EXTRA ? extra : stale;
            if (keys.size() < MOST_KEYS) {
                keys.add(difference.key());
            }
        });
        if (before.proven() || before.failure().isPresent()) {
            return new Result(before, before, 0, 0, Optional.empty());
        }
        long reloaded = 0;
        for (LoadRequest request : requests(table, stale)) {
            LoadResult result = loads.apply(request);
            reloaded += result.counts().inserted() + result.counts().updated();
            if (result.failure().isPresent()) {
                Comparison unchanged = verifier.verify(table, difference -> {});
                return new Result(
                        before, unchanged, reloaded, 0, result.failure().map(Object::toString));
            }
        }
        ExtraRows.Result removed = extraRows.treat(table, extra, forceDeletes);
        return new Result(
                before, verifier.verify(table, difference -> {}), reloaded, removed.removed(), removed.refused());
    }

    private static List<LoadRequest> requests(String table, List<Map<String, String>> keys) {
        if (keys.size() == MOST_KEYS) {
            return List.of(new LoadRequest(table, LoadRequest.Kind.FULL, true));
        }
        List<LoadRequest> requests = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += KEYS_OF_REQUEST) {
            requests.add(LoadRequest.repair(table, keys.subList(from, Math.min(keys.size(), from + KEYS_OF_REQUEST))));
        }
        return requests;
    }
}
