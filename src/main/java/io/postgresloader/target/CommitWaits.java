package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import java.util.Optional;

/** Sees that transactions of the loader wait for a synchronous standby, which has no limit in time. */
public final class CommitWaits {
    /** A standby needs some time for a large transaction. */
    private static final int SECONDS = 3;

    private static final String SQL =
            """
            SELECT 'the target commits nothing: its transactions wait for a synchronous standby (wait event SyncRep;'
                   || ' synchronous_standby_names is ''' || current_setting('synchronous_standby_names') || ''');'
                   || ' start that standby, or change synchronous_standby_names'
            FROM pg_stat_activity
            WHERE wait_event = 'SyncRep' AND application_name = 'postgres-loader'
              AND usename = current_user AND datname = current_database()
              AND clock_timestamp() - state_change > make_interval(secs => :seconds)
            LIMIT 1""";

    private CommitWaits() {}

    /** What the loader waits for, for more than a few seconds, and what to do; empty if it does not wait. */
    public static Optional<String> now(Warehouse warehouse) {
        return warehouse
                .jdbc()
                .sql(SQL)
                .param("seconds", SECONDS)
                .query(String.class)
                .optional();
    }
}
