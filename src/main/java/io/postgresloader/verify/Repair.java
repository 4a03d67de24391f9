package io.postgresloader.verify;

import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.RowKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes what a comparison found: loads missing and different rows through the same routes as any load, and removes
 * extra rows.
 */
final class Repair {
    private static final int KEYS_PER_REQUEST = 1_000;

    private final Verifier verifier;
    private final ExtraRows extraRows;
    private final Function<LoadRequest, LoadResult> loads;

    /** @param loads carries out one load and returns its result */
    Repair(Verifier verifier, ExtraRows extraRows, Function<LoadRequest, LoadResult> loads) {
        this.verifier = verifier;
        this.extraRows = extraRows;
        this.loads = loads;
    }

    /**
     * The result of a repair.
     *
     * @param written the rows that were written
     * @param failure why rows could not be loaded again; extra rows were not removed then
     * @param overLimit why no extra row was removed, and what to do
     */
    record Result(RepairCounts written, Optional<String> failure, Optional<String> overLimit) {}

    /**
     * @param findings what to repair
     * @param forceDeletes whether rows are deleted above the delete limit, and although the source may have lost them
     */
    Result repair(String table, Findings findings, boolean forceDeletes) throws SQLException, InterruptedException {
        if (!verifier.hasKey(table)) {
            return replace(table, forceDeletes);
        }
        DifferentKeys keys = findings.keys();
        long loaded = 0;
        for (LoadRequest request : requests(table, keys)) {
            LoadResult result = loads.apply(request);
            loaded += result.counts().inserted() + result.counts().updated();
            if (result.failure().isPresent()) {
                return loaded(loaded, result);
            }
        }
        ExtraRows.Result removed =
                extraRows.remove(table, keys.extra(), findings.comparison().extra(), forceDeletes);
        return new Result(
                new RepairCounts(loaded, removed.rows(), removed.removal()), Optional.empty(), removed.overLimit());
    }

    /**
     * A table without a key is loaded as a whole, which repairs missing and extra rows in one step. That load has a
     * delete limit of its own.
     */
    private Result replace(String table, boolean forceDeletes) {
        LoadRequest request =
                forceDeletes ? LoadRequest.full(table).forcingDeletes() : LoadRequest.repair(table, List.of());
        LoadResult result = loads.apply(request);
        return loaded(result.counts().inserted(), result);
    }

    private static Result loaded(long loaded, LoadResult result) {
        return new Result(
                new RepairCounts(loaded, 0, DeletePolicy.IGNORE),
                result.failure().map(Object::toString),
                Optional.empty());
    }

    /** When not all keys are kept, one load of the whole table is cheaper. It too writes only rows that differ. */
    private static List<LoadRequest> requests(String table, DifferentKeys keys) {
        if (keys.toLoadOverflows()) {
            return List.of(new LoadRequest(table, LoadRequest.Kind.FULL, true));
        }
        List<RowKey> toLoad = keys.toLoad();
        List<LoadRequest> requests = new ArrayList<>();
        for (int from = 0; from < toLoad.size(); from += KEYS_PER_REQUEST) {
            requests.add(
                    LoadRequest.repair(table, toLoad.subList(from, Math.min(toLoad.size(), from + KEYS_PER_REQUEST))));
        }
        return requests;
    }
}
