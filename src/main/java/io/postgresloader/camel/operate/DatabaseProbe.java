package io.postgresloader.camel.operate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Whether a database answers, told within three seconds: a pool would go on trying for longer. It is asked at most once
 * every five seconds, however many want to know.
 */
final class DatabaseProbe {
    private static final long PATIENCE_MILLIS = 3_000;
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int VALIDITY_SECONDS = 2;

    private final DataSource database;
    private final ExecutorService thread;
    private Future<Boolean> asking;
    private boolean answered;
    private long told;
    private boolean begun;

    /** @param thread asks; it may wait for as long as the pool does */
    DatabaseProbe(DataSource database, ExecutorService thread) {
        this.database = database;
        this.thread = thread;
    }

    synchronized boolean answers() {
        if (!begun || System.nanoTime() - told > FRESH_NANOS) {
            answered = ask();
            told = System.nanoTime();
            begun = true;
        }
        return answered;
    }

    private boolean ask() {
        if (asking == null) {
            asking = thread.submit(this::isValid);
        }
        try {
            boolean answer = asking.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            asking = null;
            return answer;
        } catch (TimeoutException e) {
            // The question stands; its answer counts when it comes.
            return false;
        } catch (ExecutionException e) {
            asking = null;
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isValid() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(VALIDITY_SECONDS);
        }
    }
}
