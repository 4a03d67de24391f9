package io.postgresloader.verify;

import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.RowKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the keys of rows that seem to differ and rechecks them in batches. */
final class RecheckQueue {
    /** Number of keys in one statement. */
    private static final int BATCH_KEYS = 500;

    private final Recheck recheck;
    private final ComparisonCounts counts;
    private final List<RowKey> keys = new ArrayList<>();
    private final Set<RowKey> unreadable = new HashSet<>();

    /** @param counts where {@code recheck} counts */
    RecheckQueue(Recheck recheck, ComparisonCounts counts) {
        this.recheck = recheck;
        this.counts = counts;
    }

    /** @param key ignored when it was added as unreadable, so that the row counts once */
    void add(RowKey key) throws SQLException {
        if (!unreadable.contains(key)) {
            enqueue(key);
        }
    }

    /** Adds rows of the source that cannot be encoded. The target may have an older state of them. */
    void addUnreadable(List<DeadLetter> rows) throws SQLException {
        for (DeadLetter row : rows) {
            unreadable.add(row.key());
            enqueue(row.key());
        }
    }

    private void enqueue(RowKey key) throws SQLException {
        keys.add(key);
        if (keys.size() == BATCH_KEYS) {
            flush();
        }
    }

    /** Rechecks the keys that are left. */
    void flush() throws SQLException {
        if (!keys.isEmpty()) {
            recheck.run(List.copyOf(keys));
            counts.settle();
            keys.clear();
        }
    }
}
