package io.postgresloader.target;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postgresloader.config.Settings;

/** Opens the pool of connections to the target. */
public final class TargetDatabase {
    /** Timestamps without a zone are UTC at both ends; the backend of a client that died gives its locks up. */
    private static final String SESSION =
            "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';"
                    + " SET client_connection_check_interval = '5s'";

    private TargetDatabase() {}

    /**
     * @param size the most connections
     * @return a pool that connects when first asked, so that a target that is down is not an error yet
     */
    public static HikariDataSource open(Settings.Connection connection, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("target");
        config.setJdbcUrl(connection.url());
        config.setUsername(connection.user());
        config.setPassword(connection.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(10_000);
        config.setConnectionInitSql(SESSION);
        config.addDataSourceProperty("ApplicationName", "postgres-loader");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "10");
        // The stage is made anew for each batch: a plan that the server keeps would outlive it.
        config.addDataSourceProperty("prepareThreshold", "0");
        // The server's DETAIL quotes values of rows.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return new HikariDataSource(config);
    }
}
