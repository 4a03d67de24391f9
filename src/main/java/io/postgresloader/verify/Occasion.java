package io.postgresloader.verify;

import java.util.Optional;

/** What a reconcile and an adoption each add to {@link CompareAndRepair}. */
interface Occasion {
    String table();

    /** The {@code load_type} in {@code etl_table_metrics}. */
    String type();

    /** Why the table is compared, in words. */
    String reason();

    /**
     * Runs before the comparison.
     *
     * @return why the table cannot be compared; empty: it can
     */
    default Optional<String> prepare() {
        return Optional.empty();
    }

    /** Runs before the repair. Returns what is still to be repaired. */
    default Findings confirm(Findings found) {
        return found;
    }

    /** How many of the rows that are to be repaired should have arrived by loads. */
    default long violations(Comparison confirmed) {
        return 0;
    }

    /** Runs after the last comparison. */
    default void compared(Comparison last) {}
}
