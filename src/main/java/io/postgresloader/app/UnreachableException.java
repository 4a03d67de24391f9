package io.postgresloader.app;

/** A database cannot be used. The message names the database and what to check. The command exits with 3. */
final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String database;

    /** @param database {@code source} or {@code target} */
    UnreachableException(String database, String message) {
        super(message);
        this.database = database;
    }

    String database() {
        return database;
    }
}
