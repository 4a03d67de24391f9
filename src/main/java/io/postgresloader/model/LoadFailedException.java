package io.postgresloader.model;

/** Ends a load, or one attempt of it. The message is safe to log and to store. */
public final class LoadFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public LoadFailedException(Failure failure) {
        super(failure.toString());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
