package io.postgresloader.source;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.jdbc.JdbcConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Opens connections to the source that receive rows of any size. The server's {@code max_allowed_packet} limits what it
 * accepts, not what it sends: a table may hold rows that were written before the variable was lowered, and rows whose
 * columns were written one by one. Connector/J applies the limit in both directions.
 */
final class SourceConnections extends DriverManagerDataSource {
    /** The greatest value that the variable can have. */
    private static final int GIGABYTE = 1 << 30;

    SourceConnections(String url, Properties properties) {
        super(url, properties);
    }

    @Override
    protected Connection getConnectionFromDriver(Properties properties) throws SQLException {
        Connection connection = super.getConnectionFromDriver(properties);
        // The driver lowers the property to the server's value while it connects.
        connection
                .unwrap(JdbcConnection.class)
                .getPropertySet()
                .<Integer>getProperty(PropertyKey.maxAllowedPacket)
                .setValue(GIGABYTE);
        return connection;
    }
}
