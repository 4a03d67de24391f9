package io.postgresloader.camel;

import io.postgresloader.sql.SqlFailures;
import io.postgresloader.tracking.Retention;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bean {@code retention}: removes old rows of the tracking tables. */
public final class RetentionSteps {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionSteps.class);

    private final Retention retention;
    private final Optional<Duration> age;

    /** @param age rows that are older are removed; empty to keep all rows */
    public RetentionSteps(Retention retention, Optional<Duration> age) {
        this.retention = retention;
        this.age = age;
    }

    /** Never fails; rows that could not be removed are removed the next time. */
    public void remove() {
        try {
            age.map(retention::remove)
                    .filter(Retention.Removed::any)
                    .ifPresent(removed -> LOG.info(
                            "Removed {} closed dead letters, {} rows of etl_table_metrics, {} of etl_deleted_row and {} of"
                                    + " etl_notification older than {} days",
                            removed.deadLetters(),
                            removed.metrics(),
                            removed.deletedRows(),
                            removed.messages(),
                            age.get().toDays()));
        } catch (RuntimeException e) {
            LOG.warn("Old rows of the tracking tables cannot be removed now: {}", SqlFailures.of(e));
        }
    }
}
