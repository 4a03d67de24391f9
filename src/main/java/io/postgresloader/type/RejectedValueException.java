package io.postgresloader.type;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import java.util.Optional;

/** A value that the target cannot hold. It carries the reason and never the value; one is made per row, so no trace. */
public final class RejectedValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    RejectedValueException(String sqlState, String reason) {
        super(reason, null, false, false);
        this.failure = new Failure(FailureKind.ROW_DATA, Optional.of(sqlState), reason);
    }

    public Failure failure() {
        return failure;
    }
}
