package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.RowKey;
import io.postgresloader.sql.UpsertSql;
import io.postgresloader.type.KeyFormat;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes batches of one table on the connection of the running transaction: straight into the table where the target
 * has nothing from the batch's least key on, by way of a stage otherwise.
 */
public final class Upsert {
    private final Warehouse warehouse;
    private final TargetTable table;
    private final KeyFormat keyFormat;
    private final UpsertSql sql;
    private final Consumer<List<DeadLetter>> limit;

    /**
     * @param limit takes the dead letters of a batch now and then while it is written, and throws if they are so many that
     *     the load fails
     */
    public Upsert(Warehouse warehouse, TargetTable table, KeyFormat keyFormat, Consumer<List<DeadLetter>> limit) {
        this.limit = limit;
        this.warehouse = warehouse;
        this.table = table;
        this.keyFormat = keyFormat;
        this.sql = new UpsertSql(table.sql());
    }

    /**
     * Writes the rows of the batch.
     *
     * @throws SQLException when the failure is not about the data of single rows; the transaction must be rolled back
     */
    public BatchResult write(RowBatch batch) throws SQLException {
        if (batch.rows() == 0) {
            return new BatchResult(0, 0, 0, List.of());
        }
        return warehouse.onCurrentConnection(connection -> write(connection, batch));
    }

    /** The effect of triggers is seen in the stage only. Constraints that are checked at commit are triggers, too. */
    private BatchResult write(Connection connection, RowBatch batch) throws SQLException {
        boolean constraints = RowTriggers.mayHave(connection, table);
        boolean triggers = constraints && RowTriggers.any(connection, table);
        if (constraints) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(StagedMerge.CHECK_AT_ONCE);
            }
        }
        return !triggers && nothingFrom(connection, leastKey(batch))
                ? direct(connection, batch)
                : staged(connection, batch, triggers);
    }

    private BatchResult direct(Connection connection, RowBatch batch) throws SQLException {
        CopyWriter copy = new CopyWriter(connection, sql.copyIntoTable(), table.name(), table.columns());
        try {
            long copied = copy.copyAll(batch);
            RowTriggers.requireAllWritten(connection, table, batch.rows(), copied);
            return new BatchResult(copied, 0, 0, List.of());
        } catch (SQLException e) {
            // A bad row, or a key that was there after all: the stage distinguishes the two.
            RowError.of(e, table.name(), table.columns());
            return staged(connection, batch, false);
        }
    }

    private BatchResult staged(Connection connection, RowBatch batch, boolean triggers) throws SQLException {
        StagedMerge merge =
                new StagedMerge(connection, table, triggers, failed -> limit.accept(deadLetters(batch, failed)));
        merge.write(batch);
        List<DeadLetter> deadLetters = deadLetters(batch, merge.failed());
        long written = merge.inserted() + merge.updated();
        return new BatchResult(
                merge.inserted(),
                merge.updated(),
                batch.rows() - written - deadLetters.size(),
                deadLetters,
                merge.altered());
    }

    private List<DeadLetter> deadLetters(RowBatch batch, List<FailedRow> failed) {
        return failed.stream().map(row -> deadLetter(batch, row)).toList();
    }

    private DeadLetter deadLetter(RowBatch batch, FailedRow failed) {
        RowKey key = keyFormat.fromCells(batch.cells(failed.row()));
        return new DeadLetter(table.name(), key, failed.failure(), failed.column());
    }

    private List<Object> leastKey(RowBatch batch) {
        return keyFormat.parameters(keyFormat.fromCells(batch.cells(batch.least())));
    }

    /**
     * Whether the target has no row from this key on. Other keys than integers are ordered by collations, and the two
     * servers order differently: there, only an empty target will do.
     */
    private boolean nothingFrom(Connection connection, List<Object> key) throws SQLException {
        boolean integers = keyFormat.integers();
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement statement = connection.prepareStatement(integers ? sql.anyRowFrom() : sql.anyRow())) {
            for (int i = 0; integers && i < key.size(); i++) {
                // Without a type of its own the value takes the column's.
                statement.setObject(i + 1, key.get(i).toString(), Types.OTHER);
            }
            try (ResultSet row = statement.executeQuery()) {
                boolean none = !row.next();
                connection.releaseSavepoint(before);
                return none;
            }
        } catch (SQLException e) {
            // A key that the target's type cannot hold: the stage finds its row.
            RowError.of(e, "", table.columns());
            connection.rollback(before);
            return false;
        }
    }
}
