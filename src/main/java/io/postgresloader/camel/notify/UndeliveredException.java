package io.postgresloader.camel.notify;

/** A channel did not take a message. The text names no address, and quotes no answer. */
final class UndeliveredException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean rejected;

    /** @param rejected whether the channel answered that it does not take this message; otherwise it may be down */
    UndeliveredException(String message, boolean rejected) {
        super(message);
        this.rejected = rejected;
    }

    boolean rejected() {
        return rejected;
    }
}
