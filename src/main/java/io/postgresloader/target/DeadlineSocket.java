package io.postgresloader.target;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Breaks when a write takes too long. A peer that takes no more bytes would hold the writer until the operating
 * system gives up, after a quarter of an hour or never: Java limits the time of reads only.
 */
final class DeadlineSocket extends Socket {
    private static final ScheduledThreadPoolExecutor DEADLINES = deadlines();

    private final long millis;

    DeadlineSocket(long millis) {
        this.millis = millis;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                Future<?> deadline = DEADLINES.schedule(DeadlineSocket.this::cut, millis, TimeUnit.MILLISECONDS);
                try {
                    out.write(bytes, offset, length);
                } finally {
                    deadline.cancel(false);
                }
            }
        };
    }

    /** The write fails with it. */
    private void cut() {
        try {
            close();
        } catch (IOException e) {
            // The connection is lost in either case.
        }
    }

    private static ScheduledThreadPoolExecutor deadlines() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "target-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
