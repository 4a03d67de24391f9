package io.postgresloader.app;

/**
 * What happens on SIGTERM and SIGINT: loads stop between chunks. Whatever is not done by then is cut off, which loses
 * nothing: a chunk that did not commit is rolled back, and the next start goes on from the bookmark.
 */
public final class GracefulStop {
    /** Less than the eight seconds that are promised, since signal and end take their time too. */
    private static final long LIMIT_MILLIS = 7_000;

    private GracefulStop() {}

    /** @param stop stops the loads; it may take as long as it likes, the process will not wait for ever */
    static void on(Runnable stop) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            cutOffLater();
                            stop.run();
                        },
                        "graceful-stop"));
    }

    /** Likewise without a limit, for what would leave servers behind. */
    public static void toTheEnd(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "graceful-stop"));
    }

    private static void cutOffLater() {
        Thread cutOff = new Thread(
                () -> {
                    try {
                        Thread.sleep(LIMIT_MILLIS);
                        // 128 + SIGTERM, as a shell would report it.
                        Runtime.getRuntime().halt(143);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "cut-off");
        cutOff.setDaemon(true);
        cutOff.start();
    }
}
