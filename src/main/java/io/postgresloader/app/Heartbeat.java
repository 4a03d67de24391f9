package io.postgresloader.app;

import io.postgresloader.database.Warehouse;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.tracking.LoaderRecords;
import io.postgresloader.tracking.ThisProcess;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into {@code etl_loader} that this process runs, every few seconds, until it is closed. While the target does
 * not answer, beats are missing; the loader goes on.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);

    /** How long a beat that is being written may delay the stop. */
    private static final long PATIENCE_MILLIS = 500;

    private final LoaderRecords records;
    private final LoaderRecords.Process process;
    private final long startNanos = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heartbeat");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean begun;

    Heartbeat(Warehouse warehouse) {
        this.records = new LoaderRecords(warehouse);
        this.process = new LoaderRecords.Process(
                UUID.randomUUID().toString(),
                ThisProcess.hostName(),
                ProcessHandle.current().pid(),
                Version.number());
    }

    void start() {
        timer.scheduleWithFixedDelay(this::beat, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An exception would end the timer. */
    private void beat() {
        try {
            if (!begun) {
                records.removeEnded();
            }
            records.beat(process, Duration.ofNanos(System.nanoTime() - startNanos), PERIOD);
            begun = true;
        } catch (RuntimeException e) {
            LOG.debug("The beat of this loader could not be written: {}", SqlFailures.of(e));
        }
    }

    /** Writes that the process was stopped, if the target answers. */
    @Override
    public void close() {
        timer.shutdownNow();
        if (!begun) {
            return;
        }
        try {
            if (timer.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                records.end(process);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.debug("The end of this loader could not be written: {}", SqlFailures.of(e));
        }
    }
}
