package io.postgresloader.app;

/**
 * Handles SIGTERM and SIGINT: loads stop after their current chunk. When the time limit expires, the process halts. No
 * data is lost: an uncommitted chunk is rolled back, and the next load continues from the bookmark.
 */
public final class GracefulStop {
    /** Less than the promised eight seconds, because signal delivery and process exit take time as well. */
    private static final long LIMIT_MILLIS = 7_000;

    private GracefulStop() {}

    /** @param stop stops the loads; the process halts if it takes longer than the limit */
    static void on(Runnable stop) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            haltAfterLimit();
                            stop.run();
                        },
                        "graceful-stop"));
    }

    /**
     * As {@link #on}; the process then ends with exit code 0, not with that of the signal, unless it took longer than
     * the limit.
     */
    static void withExitZero(Runnable stop) {
        on(() -> {
            stop.run();
            Runtime.getRuntime().halt(ExitCode.DONE);
        });
    }

    /**
     * Runs {@code stop} on a signal without a time limit: for commands whose child processes would otherwise survive.
     */
    public static void onWithoutLimit(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "graceful-stop"));
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
