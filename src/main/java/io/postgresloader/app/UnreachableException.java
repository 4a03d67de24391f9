package io.postgresloader.app;

/** A database cannot be used; the message names it and says what to look at. The command line exits with 3. */
final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
        super(message);
    }
}
