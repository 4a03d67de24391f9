package io.postgresloader.source;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.jdbc.JdbcConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Opens connections to the source that see committed rows only, and rows of any size. */
final class SourceConnections extends DriverManagerDataSource {
    /** The greatest value that {@code max_allowed_packet} can have. */
    private static final int GIGABYTE = 1 << 30;

    SourceConnections(String url, Properties properties) {
        super(url, properties);
    }

    /** The URL's properties limit how long a connection may take. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    protected Connection getConnectionFromDriver(Properties properties) throws SQLException {
        Connection connection = super.getConnectionFromDriver(properties);
        try {
            receiveAll(connection);
            // The server's default may be to show uncommitted rows, and it may change while the pool is open. No read
            // needs more than one statement's view of the data.
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * The server's {@code max_allowed_packet} limits what it accepts, not what it sends: a table may hold rows that were
     * written before the variable was lowered, and rows whose columns were written one by one. Connector/J applies the
     * limit in both directions; while it connects, it lowers the property to the server's value.
     */
    private static void receiveAll(Connection connection) throws SQLException {
        connection
                .unwrap(JdbcConnection.class)
                .getPropertySet()
                .<Integer>getProperty(PropertyKey.maxAllowedPacket)
                .setValue(GIGABYTE);
    }
}
