package io.postgresloader.load.run;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the progress of a long load from time to time. */
final class ProgressLog {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private ProgressLog() {}

    /** The position, with the time of this log line if there is one. */
    static Position report(String table, Position position, Instant now) {
        boolean due = now.isAfter(position.tally().reported().plus(INTERVAL));
        if (!due || !position.isUnfinished()) {
            return position;
        }
        LOG.info(
                "{}: {} of {} rows",
                table,
                position.counts().pulled(),
                position.bookmark().progress().counted());
        return position.reported(now);
    }
}
