package io.postgresloader.load;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;

/**
 * Whether the plan of a load is still to be trusted. A statement that failed because something is not there, or not as
 * it was, may mean that the table has changed; fewer rows than were counted may mean that others took their place
 * meanwhile. Either way the load is planned again, and a failure counts only when nothing has changed after all.
 */
final class Doubt {
    private Failure failure;
    private boolean recounted;
    private long pulledBefore;

    /**
     * Raises it, if the failure calls for it. What was counted twice is no accident.
     *
     * @return whether it was raised
     */
    boolean raise(Failure cause) {
        boolean schemaByServer =
                cause.kind() == FailureKind.SCHEMA && cause.sqlState().isPresent();
        boolean firstMiscount = cause.kind() == FailureKind.INTEGRITY && !recounted;
        if (schemaByServer || firstMiscount) {
            recounted |= firstMiscount;
            failure = cause;
        }
        return schemaByServer || firstMiscount;
    }

    boolean raised() {
        return failure != null;
    }

    /** Whether it is about the table's schema. */
    boolean aboutSchema() {
        return raised() && failure.kind() == FailureKind.SCHEMA;
    }

    /** Nothing has changed after all: the failure that raised it stands. */
    Failure confirmed() {
        Failure confirmed = failure;
        failure = null;
        return confirmed;
    }

    /** @param pulled the rows that the load had pulled before it was planned again */
    void plannedAgain(long pulled) {
        pulledBefore = pulled;
        failure = null;
    }

    long pulledBefore() {
        return pulledBefore;
    }
}
