package io.postgresloader.app;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs two steps of a start that do not need each other: each of them mostly waits, or takes one core. */
final class AtTheSameTime {
    private AtTheSameTime() {}

    /** A step that may fail. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /**
     * Returns when both have ended.
     *
     * @param first runs on the calling thread
     * @param second runs on a thread of its own
     * @throws Exception what the first step has thrown; if it has not failed, what the second one has thrown
     */
    static void run(Step first, Step second) throws Exception {
        FutureTask<Void> other = new FutureTask<>(() -> {
            second.run();
            return null;
        });
        Thread thread = new Thread(other, "start");
        thread.start();
        try {
            first.run();
        } finally {
            thread.join();
        }
        try {
            other.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
