package io.postgresloader.target;

import io.postgresloader.model.RowBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies rows in one statement if all are good, and finds the bad ones if not: each failed COPY names its first bad
 * line, the lines before it are known to be good. After a failure the next attempts are smaller, so that a batch of
 * nothing but bad rows costs a few times its own size and not its square.
 */
final class CopyWriter {
    private static final int LEAST_ATTEMPT = 16;

    private final Connection connection;
    private final String sql;
    private final String copied;
    private final List<String> columns;

    /**
     * @param sql the COPY statement
     * @param copied the name of the table it copies into
     * @param columns the columns it copies
     */
    CopyWriter(Connection connection, String sql, String copied, List<String> columns) {
        this.connection = connection;
        this.sql = sql;
        this.copied = copied;
        this.columns = columns;
    }

    /**
     * Copies the batch within a savepoint, all of it or nothing.
     *
     * @return how many rows PostgreSQL stored: fewer than the batch has if a trigger drops rows
     */
    long copyAll(RowBatch batch) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            long copied = copy(batch);
            connection.releaseSavepoint(before);
            return copied;
        } catch (SQLException e) {
            connection.rollback(before);
            throw e;
        }
    }

    /**
     * Copies every row that can be copied.
     *
     * @return the rows that cannot
     * @throws SQLException when the failure is not about a row
     */
    List<FailedRow> copyGood(RowBatch batch) throws SQLException {
        List<FailedRow> failed = new ArrayList<>();
        int from = batch.from();
        int attempt = batch.rows();
        while (from < batch.to()) {
            RowBatch part = batch.slice(from, Math.min(batch.to(), from + attempt));
            try {
                copyAll(part);
                from = part.to();
                attempt = Math.min(batch.rows(), 2 * attempt);
            } catch (SQLException e) {
                RowError error = RowError.of(e, copied, columns);
                if (error.line().isEmpty() && part.rows() > 1) {
                    attempt = part.rows() / 2;
                    continue;
                }
                int bad = from + error.line().orElse(1) - 1;
                if (bad >= part.to() || !copied(batch.slice(from, bad))) {
                    // A value can look like a context that names another line.
                    attempt = Math.max(1, part.rows() / 2);
                    continue;
                }
                failed.add(new FailedRow(bad, error.failure(), error.column()));
                from = bad + 1;
                attempt = Math.max(LEAST_ATTEMPT, part.rows() / 4);
            }
        }
        return failed;
    }

    private boolean copied(RowBatch good) throws SQLException {
        try {
            copyAll(good);
            return true;
        } catch (SQLException e) {
            RowError.of(e, copied, columns);
            return false;
        }
    }

    private long copy(RowBatch batch) throws SQLException {
        if (batch.rows() == 0) {
            return 0;
        }
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            copy.writeToCopy(batch.bytes(), batch.start(batch.from()), batch.size());
            return copy.endCopy();
        } finally {
            // A COPY that is left open makes the rollback wait for ever.
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
