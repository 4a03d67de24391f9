package io.postgresloader.target;

import io.postgresloader.sql.CompareSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** All rows of a target table in key order, one at a time, as COPY writes them. */
public final class TargetScan implements AutoCloseable {
    /** The key's index has the order; to sort a large table would take its size in temporary files. */
    private static final String IN_ORDER_OF_INDEX = "SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off";

    private final Connection connection;
    private final CopyOut copy;
    private byte[] row;

    /** @param connection one that is not used elsewhere meanwhile; closing this closes it */
    public TargetScan(Connection connection, TargetTable table) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(IN_ORDER_OF_INDEX);
        }
        copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(new CompareSql(table.sql()).copyOut());
        advance();
    }

    /** The row at hand with its line feed; null behind the last one. */
    public byte[] row() {
        return row;
    }

    public void advance() throws SQLException {
        row = copy.readFromCopy();
    }

    @Override
    public void close() throws SQLException {
        if (UnreadCopy.discard(copy, connection)) {
            return;
        }
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
