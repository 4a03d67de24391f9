package io.postgresloader.type;

/** A column has a type that no mapping knows. Its message names the column and how to mend it. */
public final class UnmappedTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnmappedTypeException(String message) {
        super(message);
    }
}
