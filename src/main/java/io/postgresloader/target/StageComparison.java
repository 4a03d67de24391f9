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
 * Compares rows with the target in a stage: PostgreSQL itself decides whether rows are equal, by their stored image, for
 * every type. The comparison runs in one transaction that is rolled back at the end, and changes nothing.
 */
public final class StageComparison implements AutoCloseable {
    private final Connection connection;
    private final TargetTable table;
    private final StageSql stageSql;
    private final CompareSql sql;
    private boolean keeping;

    /** @param connection used by this comparison alone, and closed with it */
    public StageComparison(Connection connection, TargetTable table) throws SQLException {
        this.connection = connection;
        this.table = table;
        this.stageSql = new StageSql(table.sql());
        this.sql = new CompareSql(table.sql());
        connection.setAutoCommit(false);
    }

    /**
     * The rows of a batch that are not equal in the target, by their index in the page.
     *
     * @param missing rows whose key the target does not have
     * @param different rows that differ
     * @param unstorable rows with a value that the target's types cannot store
     */
    public record Result(Set<Integer> missing, Set<Integer> different, Set<Integer> unstorable) {}

    /** Keeps the keys of the rows that are compared from now on, to find rows that only the target has. */
    public void keepKeys() throws SQLException {
        execute(sql.createKeys());
        keeping = true;
    }

    public Result compare(RowBatch batch) throws SQLException {
        execute(stageSql.create());
        Set<Integer> unstorable = new HashSet<>();
        new CopyWriter(connection, stageSql.copyInto(), StageSql.NAME, table.columns())
                .copyGood(batch, row -> unstorable.add(row.row()));
        if (keeping) {
            execute(sql.keepStagedKeys());
        }
        Result result = differences(batch, unstorable);
        execute(stageSql.drop());
        return result;
    }

    /** The keys that only the target has, as the server prints them. Called after all rows of the source were compared. */
    public List<List<String>> keysBeyondKept() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.keysBeyondKept())) {
            return keys(statement);
        }
    }

    /**
     * Which of some keys the target has, as the server prints them.
     *
     * @param keys in the form that the server reads; at least one
     */
    public List<List<String>> present(List<List<String>> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.keysAmong(keys.size()))) {
            int index = 1;
            for (List<String> key : keys) {
                for (String value : key) {
                    // A value without a type takes the type of the column.
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

    private Result differences(RowBatch batch, Set<Integer> unstorable) throws SQLException {
        Map<String, Integer> rows = stagedRows(batch, unstorable);
        Set<Integer> missing = new HashSet<>();
        Set<Integer> different = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql.differences())) {
            while (found.next()) {
                (found.getBoolean(2) ? missing : different).add(rows.get(found.getString(1)));
            }
        }
        return new Result(missing, different, unstorable);
    }

    /** The row behind each place in the stage: rows were copied in order, rows that cannot be stored left out. */
    private Map<String, Integer> stagedRows(RowBatch batch, Set<Integer> unstorable) throws SQLException {
        Map<String, Integer> rows = new HashMap<>();
        int row = batch.from();
        try (Statement statement = connection.createStatement();
                ResultSet staged = statement.executeQuery(stageSql.rows())) {
            while (staged.next()) {
                while (unstorable.contains(row)) {
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
