package io.postgresloader.source;

import io.postgresloader.model.FailureKind;
import io.postgresloader.sql.SqlFailures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long the source's oldest open transaction and statement have been at work. Whoever may not see those of others
 * asks a function that runs with the rights of its definer; {@code config/source-horizon.sql} creates it.
 */
final class OpenWork {
    /** The function, in the database that is read. */
    static final String FUNCTION = "postgres_loader_open_work";

    /**
     * {@code trx_started} is in the server's system zone, whatever the session's is. A transaction that is declared to
     * read only, and a single SELECT, will never change a row.
     */
    private static final String OLDEST_TRANSACTION =
            """
            SELECT MAX(TIMESTAMPDIFF(SECOND, trx_started, CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM')))
            FROM information_schema.innodb_trx
            WHERE trx_mysql_thread_id <> CONNECTION_ID() AND trx_is_read_only = 0""";

    /** A statement's NOW() stands still while it waits, for a lock perhaps. */
    private static final String OLDEST_STATEMENT =
            """
            SELECT MAX(time) FROM information_schema.processlist
            WHERE command IN ('Query', 'Execute') AND id <> CONNECTION_ID()
              AND user NOT IN ('system user', 'event_scheduler')""";

    private static final String FROM_FUNCTION = "SELECT " + FUNCTION + "('%s')";

    private static final String CONSEQUENCE = ": one that stays open for longer than a table's lookback can be missed";

    /** Both ages are cut to whole seconds. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private final JdbcClient source;

    OpenWork(DataSource source) {
        this.source = JdbcClient.create(source);
    }

    /**
     * What was seen.
     *
     * @param transaction the age of the oldest transaction; zero when none is open, or none can be seen
     * @param statement likewise of the oldest statement
     * @param complete whether everything can be seen
     * @param notes what could not be seen, and what to do
     */
    record Ages(Duration transaction, Duration statement, boolean complete, List<String> notes) {}

    Ages read() {
        // Who may see transactions may see statements as well; the other way round it tells nothing.
        Optional<Ages> seen = ages(OLDEST_TRANSACTION, OLDEST_STATEMENT)
                .or(() -> ages(FROM_FUNCTION.formatted("transaction"), FROM_FUNCTION.formatted("statement")));
        return seen.orElseGet(() -> new Ages(Duration.ZERO, age(OLDEST_STATEMENT), false, List.of(blind())));
    }

    private Optional<Ages> ages(String oldestTransaction, String oldestStatement) {
        try {
            Duration statement = age(oldestStatement);
            return Optional.of(new Ages(age(oldestTransaction), statement, true, List.of()));
        } catch (DataAccessException e) {
            if (SqlFailures.of(e).kind() == FailureKind.TRANSIENT) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private String blind() {
        boolean there = source.sql("SELECT COUNT(*) FROM information_schema.routines"
                                + " WHERE routine_schema = DATABASE() AND routine_name = ?")
                        .param(FUNCTION)
                        .query(Integer.class)
                        .single()
                > 0;
        return there
                ? "the source's function " + FUNCTION + " does not show open transactions and statements (GRANT PROCESS"
                        + " ON *.* to its definer, and EXECUTE on it to the loader's user)" + CONSEQUENCE
                : "the source does not show its open transactions and the statements of others (GRANT PROCESS ON *.*"
                        + " to the loader's user, or run config/source-horizon.sql)" + CONSEQUENCE;
    }

    private Duration age(String sql) {
        return source.sql(sql)
                .query(Long.class)
                .optional()
                .map(seconds -> Duration.ofSeconds(Math.max(0, seconds)).plus(ROUNDING))
                .orElse(Duration.ZERO);
    }
}
