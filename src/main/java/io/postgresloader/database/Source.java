package io.postgresloader.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The source: a database of a MySQL or MariaDB server, which the connections name.
 *
 * @param dataSource the connections to the database; they only read
 * @param zone the zone of the wall clock that DATETIME columns hold; empty: the server's own zone
 */
public record Source(DataSource dataSource, Optional<ZoneId> zone) {

    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    /** @param limit how long a statement may take, in whole seconds; zero: no limit */
    public JdbcClient jdbc(Duration limit) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setQueryTimeout((int) limit.toSeconds());
        return JdbcClient.create(template);
    }

    /** A connection that the caller closes. */
    public Connection connection() throws SQLException {
        return dataSource.getConnection();
    }
}
