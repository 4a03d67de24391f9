package io.postgresloader.load.run;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.RowKey;
import io.postgresloader.tracking.DeadLetterTable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Replays the open dead letters of a table in portions, because a statement with a million keys fails. */
public final class Replays {
    private static final int AT_ONCE = 1_000;

    private final DeadLetterTable deadLetters;
    private final Function<LoadRequest, LoadResult> loads;

    /** @param loads runs one load and returns when it has ended */
    public Replays(DeadLetterTable deadLetters, Function<LoadRequest, LoadResult> loads) {
        this.deadLetters = deadLetters;
        this.loads = loads;
    }

    /** Replays all of them and returns the sum; stops at the first portion that fails. */
    public LoadResult replay(LoadRequest table) {
        Map<Long, RowKey> portion = deadLetters.openKeys(table.table(), 0, AT_ONCE);
        LoadResult sum = loads.apply(LoadRequest.replay(table.table(), List.copyOf(portion.values())));
        while (portion.size() == AT_ONCE && sum.outcome() == LoadResult.Outcome.SUCCESS) {
            long last =
                    portion.keySet().stream().reduce((older, newer) -> newer).orElseThrow();
            portion = deadLetters.openKeys(table.table(), last, AT_ONCE);
            if (!portion.isEmpty()) {
                sum = sum.plus(loads.apply(LoadRequest.replay(table.table(), List.copyOf(portion.values()))));
            }
        }
        return sum;
    }
}
