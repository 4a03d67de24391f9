package io.postgresloader.source;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.database.Logins;
import io.postgresloader.model.FailureKind;
import io.postgresloader.sql.SqlFailures;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** Opens the pool of connections to the source. */
public final class SourceDatabase {
    /** The extraction depends on these properties; the settings do not allow a URL that sets one of them. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            // Rows are streamed: otherwise the driver holds a whole page as objects before the first is seen.
            Map.entry("defaultFetchSize", String.valueOf(Integer.MIN_VALUE)),
            // The text protocol: a cell's bytes are its text.
            Map.entry("useServerPrepStmts", "false"),
            Map.entry("useCursorFetch", "false"),
            Map.entry("characterEncoding", "UTF-8"),
            // No conversion: texts arrive as they are stored, so that invalid ones are seen and not replaced.
            Map.entry("characterSetResults", "null"),
            Map.entry("connectionTimeZone", "UTC"),
            Map.entry("forceConnectionTimeZoneToSession", "true"),
            Map.entry("tinyInt1isBit", "false"),
            Map.entry("yearIsDateType", "false"),
            // A name may look like one of JDBC's escapes, {fn now()}.
            Map.entry("enableEscapeProcessing", "false"),
            Map.entry("processEscapeCodesForPrepStmts", "false"),
            // Said once per session, not before each read.
            Map.entry("netTimeoutForStreamingResults", "0"),
            // Not the server's: one may pad texts, and where a backslash escapes, the driver looks for the end of a
            // name that ends in one in vain. Without strictness zero dates can be compared.
            Map.entry("sessionVariables", "sql_mode='NO_BACKSLASH_ESCAPES'"),
            Map.entry("jdbcCompliantTruncation", "false"),
            Map.entry("allowMultiQueries", "false"));

    /**
     * What an administrator may have set for all sessions and would change what the loader reads. The comments are read
     * by the servers that have the variable: the first two by MySQL, the last by MariaDB.
     */
    private static final String VARIABLES = "SET "
            // MySQL 8 would answer from a cache when a table changed last.
            + "/*!80003 information_schema_stats_expiry = 0, */"
            + " /*!50708 max_execution_time = 0, */"
            + " /*M!100101 max_statement_time = 0, */"
            // A limit of rows that no statement asks for.
            + " sql_select_limit = 18446744073709551615, sql_big_selects = 1,"
            // Names of keys are concatenated; keys of 3,072 bytes are sorted.
            + " group_concat_max_len = 65536, max_sort_length = 8192, ";

    private SourceDatabase() {}

    /**
     * @param size the most connections
     * @param timeout how long the source may be silent before a connection counts as lost; in whole seconds
     * @return a pool that connects when first asked, so that a source that is down is not an error yet
     */
    public static HikariDataSource open(Settings.Connection connection, int size, Duration timeout) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("source");
        // Not to connect by: the pool takes care of a weakness of MySQL's driver if the URL is one of MySQL.
        config.setJdbcUrl(connection.url());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setReadOnly(true);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(10_000);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "10000");
        config.addDataSourceProperty("socketTimeout", String.valueOf(timeout.toMillis()));
        if (connection.compressed()) {
            config.addDataSourceProperty("useCompression", "true");
        }
        config.setConnectionInitSql(session(timeout));
        PROPERTIES.forEach(config::addDataSourceProperty);
        SourceTls.properties(connection.tls()).forEach(config::addDataSourceProperty);
        config.setDataSource(new Logins(
                new SourceConnections(connection.url(), config.getDataSourceProperties()),
                connection::userNow,
                connection::passwordNow));
        config.setExceptionOverride(new LostConnections());
        return new HikariDataSource(config);
    }

    /**
     * A server that cannot send its rows gives up as soon as the loader does; until then it locks the table that it
     * reads, where there are no transactions. The wait for a lock fails before the connection counts as lost.
     */
    private static String session(Duration timeout) {
        return VARIABLES + "net_write_timeout = " + timeout.toSeconds() + ", lock_wait_timeout = "
                + Math.max(1, timeout.toSeconds() / 2);
    }

    /**
     * A connection that breaks while rows are streamed reports a general error; kept in the pool, it would fail every
     * later statement because of the read that never ended.
     */
    private static final class LostConnections implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException thrown) {
            return SqlFailures.of(thrown).kind() == FailureKind.TRANSIENT
                    ? Override.MUST_EVICT
                    : Override.CONTINUE_EVICT;
        }
    }
}
