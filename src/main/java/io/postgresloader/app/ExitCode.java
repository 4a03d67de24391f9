package io.postgresloader.app;

/** Exit codes of the process. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int CONFIGURATION = 2;
    public static final int UNREACHABLE = 3;

    // Lines for the help of the commands.
    static final String WRONG = "2:the configuration or the command line is invalid";
    static final String UNUSABLE = "3:a database is not available";

    private ExitCode() {}
}
