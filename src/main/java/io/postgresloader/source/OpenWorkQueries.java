package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.model.FailureKind;
import io.postgresloader.source.OpenWork.Ages;
import io.postgresloader.sql.SqlFailures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks the source for its open work. A user that may not see other users' work calls a function that runs with the
 * rights of its definer; {@code config/source-horizon.sql} creates it.
 */
final class OpenWorkQueries {
    /** The function, in the database that is read. */
    static final String FUNCTION = "postgres_loader_open_work";

    static final String CONSEQUENCE = ": one that stays open for longer than a table's lookback can be missed";

    /**
     * MariaDB cuts a statement's age to whole seconds. MySQL cuts both its start and the clock, and reads a clock that
     * is a few milliseconds late: between a second and the next, it shows a statement as younger than it is.
     */
    private static final String MARGIN_SECONDS = " + (VERSION() NOT LIKE '%MariaDB%')";

    /**
     * A statement's NOW() does not advance while the statement waits, for example for a lock, and before it has its
     * locks no transaction of it is open. Bulk_execute is a prepared statement with several rows (MariaDB), Connect an
     * event, if there is a statement, and Killed has perhaps changed rows of a table without transactions.
     */
    private static final String OLDEST_STATEMENT = "SELECT MAX(time)" + MARGIN_SECONDS
            + """
             FROM information_schema.processlist
            WHERE id <> CONNECTION_ID() AND (command IN ('Query', 'Execute', 'Bulk_execute')
              OR command IN ('Connect', 'Killed') AND info IS NOT NULL)
              AND user NOT IN ('system user', 'event_scheduler')""";

    private static final String FROM_FUNCTION = "SELECT " + FUNCTION + "('%s')";

    /** Both ages are cut to whole seconds. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private final JdbcClient source;
    private final OpenTransactions transactions;

    OpenWorkQueries(Source source) {
        this.source = source.jdbc();
        this.transactions = new OpenTransactions(source);
    }

    Ages read() {
        // A user that may see transactions may see statements as well; the reverse does not hold.
        return ages(OLDEST_STATEMENT, OpenTransactions.Sql.DIRECT)
                .or(() -> ages(
                        FROM_FUNCTION.formatted("statement") + MARGIN_SECONDS,
                        OpenTransactions.Sql.from(FROM_FUNCTION)))
                .orElseGet(() -> new Ages(
                        Optional.of(Duration.ZERO),
                        age(source, OLDEST_STATEMENT),
                        Duration.ZERO,
                        false,
                        List.of(blind())));
    }

    /**
     * Statements first: one that has just ended leaves its transaction open, and that one is seen then. The other way
     * round both could be missed.
     */
    private Optional<Ages> ages(String oldestStatement, OpenTransactions.Sql sql) {
        try {
            Duration statement = age(source, oldestStatement);
            OpenTransactions.Oldest transaction = transactions.oldest(sql);
            return Optional.of(new Ages(transaction.age(), statement, Duration.ZERO, true, transaction.notes()));
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

    /** The age that a statement answers in seconds, rounded up; zero when it answers NULL. */
    static Duration age(JdbcClient source, String sql) {
        return source.sql(sql)
                .query(Long.class)
                .optional()
                .map(seconds -> Duration.ofSeconds(Math.max(0, seconds)).plus(ROUNDING))
                .orElse(Duration.ZERO);
    }
}
