package io.postgresloader.type;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import java.util.Optional;

/**
 * The target cannot store a value, so its row becomes a dead letter. The exception carries the reason, never the value.
 * It has no stack trace, because one is created per row.
 */
public final class UnstorableValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    UnstorableValueException(String sqlState, String reason) {
        super(reason, null, false, false);
        this.failure = new Failure(FailureKind.ROW_DATA, Optional.of(sqlState), reason);
    }

    public Failure failure() {
        return failure;
    }
}
