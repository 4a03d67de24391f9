package io.postgresloader.target;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.database.Logins;
import java.time.Duration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Opens the pool of connections to the target. */
public final class TargetDatabase {
    /** Timestamps without a zone are UTC at both ends; the backend of a client that died releases its locks. */
    private static final String SESSION =
            "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';"
                    + clientCheck("version()") + ";"
                    // PostgreSQL looks in pg_catalog first, and nowhere else: a function or operator that another user
                    // creates, with a signature that fits better, does not run with the loader's rights. All names
                    // of tables are qualified. Flyway puts the warehouse's schema before pg_temp.
                    + " SET search_path = pg_temp;"
                    // What role or database may have set for those who read: a comparison takes as long as it takes,
                    // and a
                    // transaction is idle while the source sends the next page. A row lock that is waited for is no
                    // serialization failure.
                    + " SELECT set_config(name, CASE name WHEN 'default_transaction_isolation' THEN 'read committed'"
                    + " WHEN 'default_transaction_deferrable' THEN 'off' ELSE '0' END, false) FROM pg_settings"
                    + " WHERE name IN ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout',"
                    + " 'idle_session_timeout', 'default_transaction_isolation', 'default_transaction_deferrable')";

    private TargetDatabase() {}

    /**
     * @param size the most connections
     * @param timeout how long the target may be silent before a connection counts as lost; in whole seconds
     * @return a pool that connects when first asked, so that a target that is down is not an error yet
     */
    public static HikariDataSource open(Settings.Connection connection, int size, Duration timeout) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("target");
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(10_000);
        config.setConnectionInitSql(SESSION + limits(timeout));
        config.addDataSourceProperty("ApplicationName", "postgres-loader");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "10");
        config.addDataSourceProperty("loginTimeout", "10");
        config.addDataSourceProperty("socketTimeout", String.valueOf(timeout.toSeconds()));
        // socketTimeout limits the wait for answers only.
        config.addDataSourceProperty("socketFactory", DeadlineSocketFactory.class.getName());
        config.addDataSourceProperty("socketFactoryArg", String.valueOf(timeout.toMillis()));
        // Each batch creates its own stage: a plan that the server keeps would outlive the stage.
        config.addDataSourceProperty("prepareThreshold", "0");
        // The server's DETAIL quotes values of rows.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        TargetTls.properties(connection.tls()).forEach(config::addDataSourceProperty);
        config.setDataSource(new Logins(
                new DriverManagerDataSource(connection.url(), config.getDataSourceProperties()),
                connection::userNow,
                connection::passwordNow));
        PoolEviction eviction = new PoolEviction();
        config.setExceptionOverride(eviction);
        return eviction.of(new HikariDataSource(config));
    }

    /**
     * Makes the server look every 5 seconds whether the client of a running statement is still there. A setting that a
     * server does not accept would fail every connection: PostgreSQL before 14 does not know it, and on Windows accepts 0
     * only. Without it, a lost client's lock is free when the running statement ends.
     *
     * @param version an SQL expression, the server's {@code version()}
     */
    static String clientCheck(String version) {
        return "SELECT set_config(name, '5s', false) FROM pg_settings"
                + " WHERE name = 'client_connection_check_interval' AND " + version + " LIKE '%linux%'";
    }

    /**
     * The wait for a lock fails before the connection counts as lost. A connection that the loader has lost must not
     * keep its locks: while it is idle, the server learns only from the network that its client is not there.
     */
    private static String limits(Duration timeout) {
        long probe = Math.max(1, timeout.toSeconds() / 4);
        return "; SET lock_timeout = " + timeout.toMillis() / 2 + "; SET tcp_user_timeout = " + timeout.toMillis()
                + "; SET tcp_keepalives_idle = " + probe + "; SET tcp_keepalives_interval = " + probe
                + "; SET tcp_keepalives_count = 3";
    }
}
