package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.model.Key;
import io.postgresloader.sql.Identifiers;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks for signs that a table has lost rows by damage. Without transactions, a crash can leave a damaged file, and
 * {@code REPAIR TABLE} then keeps what it can read. To a comparison, lost rows look like deleted rows.
 */
public final class DamageSigns {
    /** How long the source's writers may wait for the statement, and it for them. */
    public static final Duration LONGEST = Duration.ofSeconds(20);

    /** The lock was not granted in time, the statement was killed, or it took too long (MariaDB, MySQL). */
    private static final Set<Integer> OUT_OF_TIME = Set.of(1205, 1317, 1969, 3024);

    private static final String INDEX =
            """
            SELECT MIN(index_name) FROM (SELECT index_name FROM information_schema.statistics
              WHERE table_schema = DATABASE() AND table_name = ?
              GROUP BY index_name HAVING GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR 0x00) = ?) i""";

    private final JdbcClient source;
    private final JdbcClient limited;
    private final Duration limit;

    /** @param limit how long the comparison of an index with the rows may take, in whole seconds */
    public DamageSigns(Source source, Duration limit) {
        this.source = source.jdbc();
        // Servers before MySQL 5.7 know no limit of their own: the driver kills the statement.
        this.limited = source.jdbc(limit.plusSeconds(2));
        this.limit = limit;
    }

    /** How the index of a key compares with the rows. */
    public enum IndexFit {
        /** It has the same keys as the rows, or no index has the key. */
        FITS,
        /** It has other keys than the rows. */
        DAMAGED,
        /** The time was over before all keys were compared. */
        UNKNOWN
    }

    public Duration limit() {
        return limit;
    }

    /**
     * Compares the index of a key with the rows. One statement reads both, so that a table without transactions does not
     * change in between.
     */
    public IndexFit indexFit(String table, Key key) {
        return source.sql(INDEX)
                .params(table, String.join("\0", key.columns()))
                .query(String.class)
                .optional()
                .map(index -> compare(table, key, index))
                .orElse(IndexFit.FITS);
    }

    private IndexFit compare(String table, Key key, String index) {
        String sql = limitedSelect() + keys(table, key, "FORCE INDEX (" + Identifiers.mysql(index) + ")") + " = "
                + keys(table, key, "USE INDEX ()");
        try {
            return limited.sql(sql).query(Boolean.class).single() ? IndexFit.FITS : IndexFit.DAMAGED;
        } catch (DataAccessException e) {
            if (outOfTime(e)) {
                return IndexFit.UNKNOWN;
            }
            throw e;
        }
    }

    /** The first comment is read by MariaDB, the second by MySQL. */
    private String limitedSelect() {
        return "/*M!100101 SET STATEMENT max_statement_time = " + limit.toSeconds() + " FOR */ SELECT"
                + " /*+ MAX_EXECUTION_TIME(" + limit.toMillis() + ") */ ";
    }

    private static boolean outOfTime(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTimeoutException
                    || cause instanceof SQLException sql && OUT_OF_TIME.contains(sql.getErrorCode())) {
                return true;
            }
        }
        return false;
    }

    /** NULLIF keeps the server from answering by the number of rows that it remembers. */
    private static String keys(String table, Key key, String hint) {
        String checksums = key.columns().stream()
                .map(column -> ", BIT_XOR(CRC32(" + Identifiers.mysql(column) + "))")
                .collect(Collectors.joining());
        return "(SELECT CONCAT_WS(' ', COUNT(NULLIF("
                + Identifiers.mysql(key.columns().get(0)) + ", NULL))" + checksums + ") FROM "
                + Identifiers.mysql(table)
                + " " + hint + ")";
    }
}
