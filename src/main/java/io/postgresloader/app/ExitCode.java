package io.postgresloader.app;

/** What the process answers. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int CONFIGURATION = 2;
    static final int UNREACHABLE = 3;

    private ExitCode() {}
}
