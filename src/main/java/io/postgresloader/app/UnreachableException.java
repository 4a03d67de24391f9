package io.postgresloader.app;

/** A database is not available. The message names the database and what to check. The command exits with 3. */
final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
        super(message);
    }
}
