package io.postgresloader.demo.benchmark;

import java.io.IOException;

/** A program did not do its work and has no figure. If it is not the loader, the run goes on. */
final class ProgramFailedException extends IOException {
    private static final long serialVersionUID = 1;

    ProgramFailedException(String message) {
        super(message);
    }
}
