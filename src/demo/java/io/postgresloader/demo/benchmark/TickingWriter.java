package io.postgresloader.demo.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who works in the practice: writes to {@code securitylog} many times a second, and has to wait while a reader of
 * a MyISAM table holds its lock. The statements change nothing, so the rows stay as they are.
 */
final class TickingWriter implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final AtomicLong longest = new AtomicLong();
    private final AtomicReference<SQLException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean ending;

    TickingWriter(Bench bench, Job job) {
        thread = new Thread(() -> write(bench, job), "writer");
        thread.start();
    }

    private void write(Bench bench, Job job) {
        try (Connection connection = bench.source().connect(job.source());
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE securitylog SET LogSource = LogSource WHERE SecurityLogNum = ?")) {
            for (long tick = 0; !ending; tick++) {
                update.setLong(1, 1 + tick * 7919 % job.rows());
                long start = System.nanoTime();
                update.executeUpdate();
                longest.accumulateAndGet(System.nanoTime() - start, Math::max);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (SQLException e) {
            failure.set(e);
        }
    }

    /** The seconds that one of the statements has taken at most. */
    double longestSeconds() throws SQLException {
        if (failure.get() != null) {
            throw failure.get();
        }
        return longest.get() / 1e9;
    }

    @Override
    public void close() {
        ending = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
