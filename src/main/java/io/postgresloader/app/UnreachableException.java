package io.postgresloader.app;

/** A database cannot be used. The message names the database and what to check. The command exits with 3. */
final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String database;
    private final boolean lasting;

    /** @param database {@code source} or {@code target} */
    UnreachableException(String database, String message) {
        this(database, message, false);
    }

    private UnreachableException(String database, String message, boolean lasting) {
        super(message);
        this.database = database;
        this.lasting = lasting;
    }

    /** Of a database that can be used only after a change of the settings, so that it is useless to wait for it. */
    static UnreachableException lasting(String database, String message) {
        return new UnreachableException(database, message, true);
    }

    boolean lasting() {
        return lasting;
    }

    String database() {
        return database;
    }
}
