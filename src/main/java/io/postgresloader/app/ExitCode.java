package io.postgresloader.app;

/** Exit codes of the process. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int CONFIGURATION = 2;
    public static final int UNREACHABLE = 3;
    public static final int TIMED_OUT = 4;

    /** What a process ends with that SIGTERM stops: 128 + 15, as a shell reports it. */
    static final int TERMINATED = 143;

    // Lines for the help of the commands.
    static final String WRONG = "2:the configuration or the command line is invalid";
    static final String UNUSABLE = "3:a database cannot be used: it is down, refuses the login, or takes no writes";
    static final String STOPPED = "143:stopped by SIGTERM; the next load continues from there";

    private ExitCode() {}
}
