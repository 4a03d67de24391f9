package io.postgresloader.verify;

import io.postgresloader.model.RowKey;
import java.util.ArrayList;
import java.util.List;

/** The keys of rows that differ, up to a number that fits into memory. */
final class DifferentKeys {
    private static final int MAX_KEPT = 100_000;

    private final List<RowKey> toLoad = new ArrayList<>();
    private final List<RowKey> extra = new ArrayList<>();
    private boolean toLoadOverflows;
    private boolean extraOverflows;

    void add(Difference difference) {
        boolean isExtra = difference.kind() == Difference.Kind.EXTRA;
        List<RowKey> keys = isExtra ? extra : toLoad;
        if (keys.size() < MAX_KEPT) {
            keys.add(difference.key());
        } else if (isExtra) {
            extraOverflows = true;
        } else {
            toLoadOverflows = true;
        }
    }

    /** Rows that are missing or different. */
    List<RowKey> toLoad() {
        return toLoad;
    }

    /** Rows that only the target has. */
    List<RowKey> extra() {
        return extra;
    }

    /** Whether more rows are missing or different than {@link #toLoad()} holds. */
    boolean toLoadOverflows() {
        return toLoadOverflows;
    }

    /** Whether the key of every row that differs is kept. */
    boolean complete() {
        return !toLoadOverflows && !extraOverflows;
    }

    /** All keys that are kept. */
    List<RowKey> all() {
        List<RowKey> all = new ArrayList<>(toLoad);
        all.addAll(extra);
        return all;
    }
}
