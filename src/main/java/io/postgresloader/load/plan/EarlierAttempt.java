package io.postgresloader.load.plan;

import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;

/**
 * An attempt at the same load that failed.
 *
 * @param bookmark its position after its last committed chunk
 * @param failure why it ended
 */
public record EarlierAttempt(Bookmark bookmark, Failure failure) {

    /**
     * Whether a failure may mean that the table has changed since the load was planned: a statement named something that
     * is not there any more, or fewer rows came than were counted, because others took their place meanwhile. Then the
     * load is planned again, and the failure counts only when nothing has changed after all.
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

    /** Whether fewer rows came than were counted. */
    public static boolean miscounted(Failure failure) {
        return failure.kind() == FailureKind.INTEGRITY;
    }
}
