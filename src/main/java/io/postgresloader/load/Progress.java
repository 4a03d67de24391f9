package io.postgresloader.load;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says from time to time how far a long load has come. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private Instant next;

    Progress(Instant begin) {
        next = begin.plus(INTERVAL);
    }

    void say(LoadRun run) {
        Instant now = Instant.now();
        if (now.isAfter(next) && run.isUnfinished()) {
            next = now.plus(INTERVAL);
            LOG.info("{}: {} of {} rows", run.table(), run.counts().pulled(), run.counted());
        }
    }
}
