package io.postgresloader.load;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import java.util.Optional;

/** Exceptions for what a load will not do. */
final class Refusals {
    private Refusals() {}

    static LoadFailedException schema(String message) {
        return of(FailureKind.SCHEMA, message);
    }

    static LoadFailedException claimLost(String table) {
        return of(FailureKind.CLAIM_LOST, "another instance has taken over the load of table " + table);
    }

    static LoadFailedException of(FailureKind kind, String message) {
        return new LoadFailedException(new Failure(kind, Optional.empty(), message));
    }
}
