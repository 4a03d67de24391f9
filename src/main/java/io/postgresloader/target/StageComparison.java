package io.postgresloader.target;

import io.postgresloader.model.RowBatch;
import io.postgresloader.sql.CompareSql;
import io.postgresloader.sql.StageSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares rows with the target by way of a stage: PostgreSQL itself decides what is equal, by the stored image of any
 * type. The comparison runs in one transaction that is rolled back in the end, and changes nothing.
 */
public final class StageComparison implements AutoCloseable {
    private final Connection connection;
    private final TargetTable table;
    private final StageSql stageSql;
    private final CompareSql sql;
    private boolean keeping;

    /** @param connection one that is not used elsewhere meanwhile; closing this closes it */
    public StageComparison(Connection connection, TargetTable table) throws SQLException {
        this.connection = connection;
        this.table = table;
        this.stageSql = new StageSql(table.sql());
        this.sql = new CompareSql(table.sql());
        connection.setAutoCommit(false);
    }

    /**
     * How a batch's rows compare with the target, by their index in the page.
     *
     * @param missing rows of whose key the target has none
     * @param different rows that differ
     * @param refused rows that the target's types cannot hold
     */
    public record Result(Set<Integer> missing, Set<Integer> different, Set<Integer> refused) {}

    /** From now on the keys of compared rows are kept, to find those that only the target has. */
    public void keepKeys() throws SQLException {
        execute(sql.createKeys());
        keeping = true;
    }

    public Result compare(RowBatch batch) throws SQLException {
        execute(stageSql.create());
        Set<Integer> refused = new HashSet<>();
        new CopyWriter(connection, stageSql.copyInto(), StageSql.NAME, table.columns())
                .copyGood(batch)
                .forEach(row -> refused.add(row.row()));
        if (keeping) {
            execute(sql.keepStagedKeys());
        }
        Result result = differences(batch, refused);
        execute(stageSql.drop());
        return result;
    }

    /** The keys that only the target has, once every row of the source was compared; as the server prints them. */
    public List<List<String>> keysBeyondKept() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.keysBeyondKept())) {
            return keys(statement);
        }
    }

    /**
     * Those of some keys that the target has.
     *
     * @param keys as the server reads them, at least one
     */
    public List<List<String>> present(List<List<String>> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.keysAmong(keys.size()))) {
            int index = 1;
            for (List<String> key : keys) {
                for (String value : key) {
                    // Without a type of its own the value takes the column's.
                    statement.setObject(index++, value, Types.OTHER);
                }
            }
            return keys(statement);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private Result differences(RowBatch batch, Set<Integer> refused) throws SQLException {
        Map<String, Integer> rows = stagedRows(batch, refused);
        Set<Integer> missing = new HashSet<>();
        Set<Integer> different = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql.differences())) {
            while (found.next()) {
                (found.getBoolean(2) ? missing : different).add(rows.get(found.getString(1)));
            }
        }
        return new Result(missing, different, refused);
    }

    /** The row behind each place in the stage: rows were copied in order, without those that failed. */
    private Map<String, Integer> stagedRows(RowBatch batch, Set<Integer> refused) throws SQLException {
        Map<String, Integer> rows = new HashMap<>();
        int row = batch.from();
        try (Statement statement = connection.createStatement();
                ResultSet staged = statement.executeQuery(stageSql.rows())) {
            while (staged.next()) {
                while (refused.contains(row)) {
                    row++;
                }
                rows.put(staged.getString(1), row++);
            }
        }
        return rows;
    }

    private List<List<String>> keys(PreparedStatement statement) throws SQLException {
        List<List<String>> keys = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                List<String> key = new ArrayList<>();
                for (int i = 1; i <= table.key().columns().size(); i++) {
                    key.add(rows.getString(i));
                }
                keys.add(key);
            }
        }
        return keys;
    }

    private void execute(String statement) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
    }
}
