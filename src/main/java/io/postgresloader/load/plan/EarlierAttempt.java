package io.postgresloader.load.plan;

import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;

/**
 * An attempt at the same load that failed.
 *
 * @param bookmark its position after its last committed chunk
 * @param failure why it ended
 * @param emptied whether the target table was emptied since
 */
public record EarlierAttempt(Bookmark bookmark, Failure failure, boolean emptied) {

    /**
     * Whether a failure may mean that the table has changed since the load was planned: a statement named something
     * that does not exist any more, or fewer rows were pulled than counted. Then the load is planned again, and it
     * fails only if nothing has changed.
     */
    public static boolean callsForNewPlan(Failure failure) {
        return schemaByServer(failure) || miscounted(failure);
    }

    boolean schemaByServer() {
        return schemaByServer(failure);
    }

    boolean miscounted() {
        return miscounted(failure);
    }

    private static boolean schemaByServer(Failure failure) {
        return failure.kind() == FailureKind.SCHEMA && failure.sqlState().isPresent();
    }

    /** Whether fewer rows were pulled than counted. */
    public static boolean miscounted(Failure failure) {
        return failure.kind() == FailureKind.INTEGRITY;
    }
}
