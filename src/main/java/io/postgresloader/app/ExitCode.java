package io.postgresloader.app;

/** What the process answers. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int CONFIGURATION = 2;
    public static final int UNREACHABLE = 3;

    private ExitCode() {}
}
