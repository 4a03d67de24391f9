package io.postgresloader.app;

/**
 * Handles SIGTERM and SIGINT: loads stop after their current chunk. When the time limit expires, the process halts. No
 * data is lost: an uncommitted chunk is rolled back, and the next load continues from the bookmark.
 *
 * <p>It holds until it is {@linkplain #cancel cancelled}, so that a command that has ended does not limit how long its
 * process may take to exit.
 */
public final class GracefulStop {
    /** Less than the promised eight seconds, because signal delivery and process exit take time as well. */
    private static final long LIMIT_MILLIS = 7_000;

    private final Thread hook;

    private GracefulStop(Runnable stop) {
        hook = new Thread(stop, "graceful-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @param stop stops the loads; the process halts if it takes longer than the limit */
    static GracefulStop on(Runnable stop) {
        return new GracefulStop(() -> {
            haltAfterLimit();
            stop.run();
        });
    }

    /**
     * As {@link #on}; the process then ends with exit code 0, not with that of the signal, unless it took longer than
     * the limit.
     */
    static GracefulStop withExitZero(Runnable stop) {
        return on(() -> {
            stop.run();
            Runtime.getRuntime().halt(ExitCode.DONE);
        });
    }

    /**
     * Runs {@code stop} on a signal without a time limit: for commands whose child processes would otherwise survive.
     */
    public static GracefulStop onWithoutLimit(Runnable stop) {
        return new GracefulStop(stop);
    }

    /** Signals do what they did before. Without an effect once the process exits. */
    void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // The hook runs, or has run.
        }
    }

    private static void haltAfterLimit() {
        Thread halt = new Thread(
                () -> {
                    try {
                        Thread.sleep(LIMIT_MILLIS);
                        Runtime.getRuntime().halt(ExitCode.TERMINATED);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "halt-after-limit");
        halt.setDaemon(true);
        halt.start();
    }
}
