package io.postgresloader.load.run;

import io.postgresloader.load.plan.EarlierAttempt;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;

/** Which failures of an attempt another attempt may not meet. */
public final class RetryRule {
    private RetryRule() {}

    /**
     * Whether another attempt may succeed: the failure is transient, or the load is planned again because the table
     * seems to have changed. Fewer rows than counted call for a new plan only once.
     *
     * @param planned whether the attempt had a plan when it failed
     * @param position the position after the last committed chunk; null when the load has not begun
     */
    public static boolean mayPass(Failure failure, boolean planned, Position position) {
        return failure.kind() == FailureKind.TRANSIENT || planned && mayPlanAgain(failure, position);
    }

    private static boolean mayPlanAgain(Failure failure, Position position) {
        return position != null
                && EarlierAttempt.callsForNewPlan(failure)
                && !(EarlierAttempt.miscounted(failure) && position.recounted());
    }
}
