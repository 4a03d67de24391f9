package io.postgresloader.target;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Breaks when a write takes too long. A peer that takes no more bytes would hold the writer for as long as the system
 * pleases, a quarter of an hour or for ever: Java limits reads only.
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
            // It is gone either way.
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
