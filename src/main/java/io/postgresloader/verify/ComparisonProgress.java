package io.postgresloader.verify;

import io.postgresloader.model.progress.WorkProgress;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far a comparison is: for the list of running work after each page, and in the log every ten seconds. */
final class ComparisonProgress {
    private static final Logger LOG = LoggerFactory.getLogger(ComparisonProgress.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final String table;
    private final WorkProgress progress;
    private Instant logged = Instant.now();

    ComparisonProgress(String table, WorkProgress progress) {
        this.table = table;
        this.progress = progress;
    }

    /** @param rows compared so far */
    void compared(long rows) {
        progress.done(rows);
        Instant now = Instant.now();
        if (Duration.between(logged, now).compareTo(INTERVAL) >= 0) {
            logged = now;
            LOG.info("{}: {} rows compared so far", table, rows);
        }
    }
}
