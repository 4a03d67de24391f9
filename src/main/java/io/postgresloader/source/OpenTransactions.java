package io.postgresloader.source;

import io.postgresloader.database.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The oldest open transaction, from a list that is known to be no older than the question.
 *
 * <p>InnoDB does not answer {@code innodb_trx} from its transactions but from a copy, and renews the copy only when
 * no session has read it for more than 100 ms (storage/innobase/trx/trx0i_s.cc, {@code CACHE_MIN_IDLE_TIME}; tried on
 * MariaDB
 * 11.4, MySQL 8.0 and 5.7). While another loader or a monitor reads it more often than that, a transaction that began
 * since does not appear, for minutes or days. So the question is asked from within a transaction of its own, by a
 * statement with a mark in its text: a list that shows the mark was made after that transaction began, and each later
 * one is newer still. A list without it is waited for.
 */
final class OpenTransactions {
    /**
     * {@code trx_started} is in the server's system zone and not in the session's. A transaction that is declared
     * to read only, and a single SELECT, never change a row; before MySQL 5.6.4 they cannot be told from others.
     */
    private static final String OLDEST =
            """
            SELECT MAX(TIMESTAMPDIFF(SECOND, trx_started, CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM')))
            FROM information_schema.innodb_trx
            WHERE trx_mysql_thread_id <> CONNECTION_ID() /*!50604 AND trx_is_read_only = 0 */""";

    /** Finds the mark in its own text, if that is on the list. */
    private static final String SHOWS_MARK =
            """
            SELECT COUNT(*) FROM information_schema.innodb_trx
            WHERE trx_mysql_thread_id = CONNECTION_ID() AND LOCATE('%s', trx_query) > 0""";

    /** The snapshot is not used; it makes the transaction begin at once. */
    private static final String BEGIN = "START TRANSACTION WITH CONSISTENT SNAPSHOT /*!50605 , READ ONLY */";

    /**
     * Above twice 100 ms: however the looks of two loaders that wait fall, one of them comes after silence enough. The
     * server does the waiting, so that the mark is on a list that another session renews meanwhile.
     */
    private static final String WAIT = "DO SLEEP(0.22), '%s'";

    private static final int LOOKS = 5;

    private static final String NOT_RENEWED =
            "the source's list of open transactions is not renewed, because other sessions read"
                    + " information_schema.innodb_trx, innodb_locks or innodb_lock_waits more often than every 100 ms:"
                    + " watermarks of tables with transactions stay where they are until they read it less often";

    private static final String EARLIER_FUNCTION = "the source's function " + OpenWorkQueries.FUNCTION
            + " is of an earlier version and does not show whether the"
            + " list of open transactions is renewed while other sessions read it as well (run"
            + " config/source-horizon.sql again, and its GRANT)" + OpenWorkQueries.CONSEQUENCE;

    private final JdbcClient source;
    private final JdbcTemplate commands;
    private final TransactionTemplate transaction;

    OpenTransactions(Source source) {
        this.source = source.jdbc();
        // JdbcClient would run these as updates, which the driver does not allow on a read-only connection.
        this.commands = new JdbcTemplate(source.dataSource());
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source.dataSource()));
    }

    /**
     * Two ways to the list.
     *
     * @param oldest the age of the oldest transaction, in seconds
     * @param showsMark whether the list shows a mark, which is to be put in: 1 or 0; NULL: unknown
     */
    record Sql(String oldest, String showsMark) {
        static final Sql DIRECT = new Sql(OLDEST, SHOWS_MARK);

        /**
         * Inside a function the statement that called it is still the one on the list. A function of an earlier version
         * answers NULL to a mark, and is used as it always was.
         */
        static Sql from(String function) {
            return new Sql(function.formatted("transaction"), function);
        }
    }

    /**
     * @param age of the oldest transaction, zero when none is open; empty: unknown at the moment
     * @param notes why something is unknown, and what to do
     */
    record Oldest(Optional<Duration> age, List<String> notes) {}

    Oldest oldest(Sql sql) {
        return transaction.execute(status -> read(sql));
    }

    private Oldest read(Sql sql) {
        commands.execute(BEGIN);
        String mark = "seen-" + UUID.randomUUID().toString().substring(24);
        Optional<Boolean> shown = shown(sql, mark);
        for (int look = 1; look < LOOKS && shown.equals(Optional.of(false)); look++) {
            commands.execute(WAIT.formatted(mark));
            shown = shown(sql, mark);
        }
        if (shown.equals(Optional.of(false))) {
            return new Oldest(Optional.empty(), List.of(NOT_RENEWED));
        }
        return new Oldest(
                Optional.of(OpenWorkQueries.age(source, sql.oldest())),
                shown.isPresent() ? List.of() : List.of(EARLIER_FUNCTION));
    }

    private Optional<Boolean> shown(Sql sql, String mark) {
        return source.sql(sql.showsMark().formatted(mark))
                .query(Long.class)
                .optional()
                .map(count -> count > 0);
    }
}
