package io.postgresloader.app;

/** What the process answers. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int CONFIGURATION = 2;
    public static final int UNREACHABLE = 3;

    // Lines of the help of commands.
    static final String WRONG = "2:the configuration or the command line is wrong";
    static final String UNUSABLE = "3:a database cannot be used";

    private ExitCode() {}
}
