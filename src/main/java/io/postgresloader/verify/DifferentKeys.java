package io.postgresloader.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The keys of rows that differ, up to a number that memory can hold. */
final class DifferentKeys {
    private static final int KEPT = 100_000;

    private final List<Map<String, String>> stale = new ArrayList<>();
    private final List<Map<String, String>> extra = new ArrayList<>();
    private boolean staleBeyondKept;
    private boolean extraBeyondKept;

    void add(Difference difference) {
        boolean gone = difference.kind() == Difference.Kind.EXTRA;
        List<Map<String, String>> keys = gone ? extra : stale;
        if (keys.size() < KEPT) {
            keys.add(difference.key());
        } else if (gone) {
            extraBeyondKept = true;
        } else {
            staleBeyondKept = true;
        }
    }

    /** Rows that are missing or different. */
    List<Map<String, String>> stale() {
        return stale;
    }

    /** Rows that only the target has. */
    List<Map<String, String>> extra() {
        return extra;
    }

    /** Whether there were more missing or different rows than are kept. */
    boolean staleBeyondKept() {
        return staleBeyondKept;
    }

    /** Whether all keys are here. */
    boolean complete() {
        return !staleBeyondKept && !extraBeyondKept;
    }

    /** All that are kept. */
    List<Map<String, String>> all() {
        List<Map<String, String>> all = new ArrayList<>(stale);
        all.addAll(extra);
        return all;
    }
}
