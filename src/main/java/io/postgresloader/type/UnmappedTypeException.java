package io.postgresloader.type;

/** The type of a column is not supported. The message names the column and how to fix it. */
public final class UnmappedTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnmappedTypeException(String message) {
        super(message);
    }
}
