package io.postgresloader.target;

import io.postgresloader.model.RowBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.function.Consumer;
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
     * @param failed takes each row that cannot
     * @throws SQLException when the failure is not about a row
     */
    void copyGood(RowBatch batch, Consumer<FailedRow> failed) throws SQLException {
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
                if (part.rows() == 1) {
                    // Found by halving, since its line was not named: so may be those of the next ones.
                    failed.accept(new FailedRow(from, error.failure(), error.column()));
                    from++;
                    continue;
                }
                int bad =
                        error.line().isEmpty() ? part.to() : from + error.line().getAsInt() - 1;
                if (bad >= part.to() || !copied(batch.slice(from, bad))) {
                    // PostgreSQL writes many lines at once, and then names the line behind them.
                    // A value can also look like a context that names another line.
                    attempt = part.rows() / 2;
                    continue;
                }
                failed.accept(new FailedRow(bad, error.failure(), error.column()));
                from = bad + 1;
                attempt = Math.max(LEAST_ATTEMPT, part.rows() / 4);
            }
        }
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
            batch.writeTo(copy::writeToCopy);
            return copy.endCopy();
        } finally {
            // A COPY that is left open makes the rollback wait for ever.
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
