package io.postgresloader.load;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import java.util.Optional;

/** Exceptions that fail a load for a reason that the loader itself detects. */
public final class LoadErrors {
    private LoadErrors() {}

    /** The table, its configuration or its schema does not allow the load; the message says what to do. */
    public static LoadFailedException schema(String message) {
        return of(FailureKind.SCHEMA, message);
    }

    /** Another load of the table has begun a newer epoch. */
    public static LoadFailedException claimLost(String table) {
        return of(FailureKind.CLAIM_LOST, "another instance has taken over the load of table " + table);
    }

    public static LoadFailedException of(FailureKind kind, String message) {
        return new LoadFailedException(new Failure(kind, Optional.empty(), message));
    }
}
