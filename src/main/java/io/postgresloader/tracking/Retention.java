package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import io.postgresloader.sql.DeleteSql;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes closed dead letters, the metrics of old loads, old entries of the deletes feed and old messages, some rows at a time. Open
 * dead letters are kept for ever, and so are the metrics that another loader wrote before.
 */
public final class Retention {
    private static final int AT_ONCE = 10_000;

    private final JdbcClient target;
    private final String deadLetters;
    private final String metrics;
    private final String feed;
    private final String messages;

    public Retention(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.deadLetters = warehouse.table("etl_dead_letter");
        this.metrics = warehouse.table("etl_table_metrics");
        this.feed = warehouse.table(DeleteSql.FEED);
        this.messages = warehouse.table("etl_notification");
    }

    /** How many rows were removed. */
    public record Removed(long deadLetters, long metrics, long deletedRows, long messages) {
        public boolean any() {
            return deadLetters + metrics + deletedRows + messages > 0;
        }
    }

    /** @param age what is older is removed */
    public Removed remove(Duration age) {
        return new Removed(
                all(
                        "DELETE FROM " + deadLetters + " WHERE id IN (SELECT id FROM " + deadLetters
                                + " WHERE state <> 'open' AND last_seen < now() - make_interval(secs => ?)"
                                + " LIMIT ? FOR UPDATE SKIP LOCKED)",
                        age),
                // Their numbers are in the order of time: the oldest are found without an index on the time.
                all(
                        "DELETE FROM " + metrics + " WHERE id IN (SELECT id FROM " + metrics
                                + " WHERE id IN (SELECT id FROM " + metrics + " WHERE " + TrackingSchema.OUR_METRICS
                                + " ORDER BY id LIMIT " + AT_ONCE + ")"
                                + " AND \"timestamp\" < now() AT TIME ZONE 'UTC' - make_interval(secs => ?)"
                                + " LIMIT ? FOR UPDATE SKIP LOCKED)",
                        age),
                all(
                        "DELETE FROM " + feed + " WHERE id IN (SELECT id FROM " + feed
                                + " WHERE id IN (SELECT id FROM " + feed + " ORDER BY id LIMIT " + AT_ONCE + ")"
                                + " AND deleted_at < now() - make_interval(secs => ?)"
                                + " LIMIT ? FOR UPDATE SKIP LOCKED)",
                        age),
                // Also those that nobody took: what changed so long ago is no news.
                all(
                        "DELETE FROM " + messages + " WHERE id IN (SELECT id FROM " + messages
                                + " WHERE created_at < now() - make_interval(secs => ?)"
                                + " ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)",
                        age));
    }

    /** Each statement is a transaction of its own. */
    private long all(String delete, Duration age) {
        long removed = 0;
        int last = AT_ONCE;
        while (last == AT_ONCE) {
            last = target.sql(delete).params((double) age.toSeconds(), AT_ONCE).update();
            removed += last;
        }
        return removed;
    }
}
