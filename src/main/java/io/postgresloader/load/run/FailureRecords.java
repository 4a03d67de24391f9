package io.postgresloader.load.run;

import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.RowKey;
import java.util.Optional;

/** What a failed load leaves in the tracking tables. */
public final class FailureRecords {
    private FailureRecords() {}

    /**
     * Whether a failure is recorded: not if it is harmless, and not if the load that follows meets it again.
     *
     * @param claim null when the load did not get the lock of its table
     */
    public static boolean leavesTrace(Claim claim, Failure failure) {
        return claim != null && !failure.kind().harmless() && claim.request().kind() != LoadRequest.Kind.ADOPT;
    }

    /** The status of a load that failed. */
    public static StatusRecord status(Claim claim, Optional<Position> position, Failure failure) {
        return StatusRecords.failed(claim, position, failure);
    }

    /** The dead letter of a load that failed as a whole; none for a transient failure, which the next load retries. */
    public static Optional<DeadLetter> deadLetter(Claim claim, Failure failure) {
        return failure.kind() == FailureKind.TRANSIENT
                ? Optional.empty()
                : Optional.of(new DeadLetter(claim.table(), RowKey.NONE, failure, Optional.empty()));
    }
}
