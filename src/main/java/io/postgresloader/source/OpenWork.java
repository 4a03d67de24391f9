package io.postgresloader.source;

import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long the source's oldest open transaction or statement has been at work, as far as the loader may see it. */
final class OpenWork {
    private static final Logger LOG = LoggerFactory.getLogger(OpenWork.class);

    /** {@code trx_started} is in the server's system zone, whatever the session's is. */
    private static final String OLDEST_TRANSACTION =
            """
            SELECT MAX(TIMESTAMPDIFF(SECOND, trx_started, CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM')))
            FROM information_schema.innodb_trx WHERE trx_mysql_thread_id <> CONNECTION_ID()""";

    /** A statement's NOW() stands still while it waits, for a lock perhaps. */
    private static final String OLDEST_STATEMENT =
            """
            SELECT MAX(time) FROM information_schema.processlist
            WHERE command IN ('Query', 'Execute') AND id <> CONNECTION_ID()
              AND user NOT IN ('system user', 'event_scheduler')""";

    /** Both ages are cut to whole seconds. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private final JdbcClient source;
    private boolean warned;

    OpenWork(DataSource source) {
        this.source = JdbcClient.create(source);
    }

    /**
     * @param doubt what to add to a transaction's age: in the hours around a clock change, its start names a time that
     *     occurred twice, or never
     * @return zero when nothing is open
     */
    Duration oldest(Duration doubt) {
        Duration statement = age(OLDEST_STATEMENT).orElse(Duration.ZERO);
        Duration transaction = oldestTransaction().map(doubt::plus).orElse(Duration.ZERO);
        return statement.compareTo(transaction) > 0 ? statement : transaction;
    }

    private Optional<Duration> oldestTransaction() {
        try {
            return age(OLDEST_TRANSACTION);
        } catch (DataAccessException e) {
            warnOnce();
            return Optional.empty();
        }
    }

    private Optional<Duration> age(String sql) {
        return source.sql(sql).query(Long.class).optional().map(seconds -> Duration.ofSeconds(Math.max(0, seconds))
                .plus(ROUNDING));
    }

    private synchronized void warnOnce() {
        if (!warned) {
            warned = true;
            LOG.warn("The source does not show its open transactions (GRANT PROCESS ON *.* would):"
                    + " one that stays open for longer than a table's lookback can be missed");
        }
    }
}
