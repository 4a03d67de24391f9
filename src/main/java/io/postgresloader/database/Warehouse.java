package io.postgresloader.database;

import io.postgresloader.sql.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The target: a schema of a PostgreSQL database. Two warehouses may share a database, or a schema name.
 *
 * @param dataSource the connections to the database
 * @param schema the schema of the tables, the tracking tables among them; not quoted
 */
public record Warehouse(DataSource dataSource, String schema) {

    /** Statements of the calling thread's transaction; without one, each statement commits by itself. */
    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    /** Transactions of this database; nested calls take part in the outer transaction. */
    public TransactionTemplate transaction() {
        return new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** A connection of its own, outside the calling thread's transaction; the caller closes it. */
    public Connection connection() throws SQLException {
        return dataSource.getConnection();
    }

    /** Runs JDBC code on the connection of the calling thread's transaction, and does not close that connection. */
    public <T> T onCurrentConnection(JdbcWork<T> work) throws SQLException {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return work.on(connection);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** {@code schema.name}, both quoted: a table or view of this warehouse. */
    public String table(String name) {
        return Identifiers.postgres(schema, name);
    }

    /** The schema's name, quoted. */
    public String quotedSchema() {
        return Identifiers.postgres(schema);
    }

    /** JDBC code that needs a connection. */
    @FunctionalInterface
    public interface JdbcWork<T> {
        T on(Connection connection) throws SQLException;
    }
}
