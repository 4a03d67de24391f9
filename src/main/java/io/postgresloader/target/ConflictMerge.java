package io.postgresloader.target;

import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.RowKey;
import io.postgresloader.sql.CompareSql;
import io.postgresloader.sql.ConflictSql;
import io.postgresloader.sql.StageSql;
import io.postgresloader.sql.UpsertSql;
import io.postgresloader.type.KeyFormat;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes rows again that failed because other rows had their unique values. The rows that still fail are exchanged
 * together: the rows that they replace are taken out first, so that two of them may swap a value, or each take the next
 * row's value. A row whose value even then belongs to a row that stays is not changed.
 */
public final class ConflictMerge {
    /** Each round leaves out the rows that failed, and with them those that wait for their values. */
    private static final int ROUNDS = 10;

    private final Connection connection;
    private final TargetTable table;
    private final KeyFormat keyFormat;
    private final UpsertSql sql;
    private final StageSql stageSql;
    private final ConflictSql conflictSql;
    private final List<RowKey> keys = new ArrayList<>();

    /** @param connection of a running transaction, in which all happens */
    public ConflictMerge(Connection connection, TargetTable table, KeyFormat keyFormat) throws SQLException {
        this.connection = connection;
        this.table = table;
        this.keyFormat = keyFormat;
        this.sql = new UpsertSql(table.sql());
        this.stageSql = new StageSql(table.sql());
        this.conflictSql = new ConflictSql(table.sql());
        execute(StagedMerge.PLAN);
        execute(stageSql.create());
    }

    /**
     * How many rows were written.
     *
     * @param arrived the keys of the rows that the target has now
     */
    public record Result(long inserted, long updated, long unchanged, Set<RowKey> arrived) {}

    /** Adds rows that were read from the source just now. */
    public void add(RowBatch batch) throws SQLException {
        Set<Integer> failed = new HashSet<>();
        new CopyWriter(connection, stageSql.copyInto(), StageSql.NAME, table.columns())
                .copyGood(batch, row -> failed.add(row.row()));
        for (int row = batch.from(); row < batch.to(); row++) {
            if (!failed.contains(row)) {
                keys.add(keyFormat.fromCells(batch.cells(row)));
            }
        }
    }

    /** Which of some keys the source has, letter by letter. */
    @FunctionalInterface
    public interface SourceKeys {
        Set<RowKey> among(List<RowKey> keys) throws SQLException;
    }

    /** @param source asked about rows of the target whose keys the target takes for those of staged rows */
    public Result merge(SourceKeys source) throws SQLException {
        Map<String, RowKey> staged = staged();
        Set<String> others = table.folded().isEmpty() ? Set.of() : otherRows(source);
        unstage(others);
        Map<String, Boolean> missing = missing();
        Set<String> merged = new LinkedHashSet<>(staged.keySet());
        merged.removeAll(others);
        Set<String> failed = new HashSet<>(failing(List.copyOf(merged)));
        if (!failed.isEmpty() && mayTakeOut()) {
            failed.removeAll(exchange(merged, failed));
        }
        failed.addAll(others);
        execute(stageSql.drop());
        Set<RowKey> arrived = new HashSet<>();
        long inserted = 0;
        long updated = 0;
        for (String row : staged.keySet()) {
            if (!failed.contains(row)) {
                arrived.add(staged.get(row));
                inserted += missing.getOrDefault(row, false) ? 1 : 0;
                updated += missing.getOrDefault(row, true) ? 0 : 1;
            }
        }
        return new Result(inserted, updated, arrived.size() - inserted - updated, arrived);
    }

    /** The staged rows that would overwrite a row of another key. A key in another spelling may replace its row. */
    private Set<String> otherRows(SourceKeys source) throws SQLException {
        Map<String, List<String>> spellings = new OtherSpellings(connection, table).find();
        Map<String, RowKey> inTarget = new LinkedHashMap<>();
        spellings.forEach((row, key) -> {
            if (!key.isEmpty()) {
                inTarget.put(row, keyFormat.fromTarget(key));
            }
        });
        Set<RowKey> present = inTarget.isEmpty() ? Set.of() : source.among(List.copyOf(inTarget.values()));
        Set<String> others = new HashSet<>(spellings.keySet());
        Set<RowKey> replaced = new HashSet<>();
        inTarget.forEach((row, key) -> {
            if (!present.contains(key) && replaced.add(key)) {
                others.remove(row);
            }
        });
        return others;
    }

    /** Those of the failed rows that could be written together. */
    private Set<String> exchange(Set<String> staged, Set<String> failed) throws SQLException {
        Set<String> left = new HashSet<>(failed);
        Set<String> out = new HashSet<>(staged);
        out.removeAll(failed);
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            unstage(out);
            left.removeAll(out);
            Savepoint before = connection.setSavepoint();
            execute(conflictSql.keepReplaced());
            execute(conflictSql.takeOut());
            out = new HashSet<>(failing(inOrder(left)));
            if (out.isEmpty()) {
                putBack();
                execute(conflictSql.dropReplaced());
                connection.releaseSavepoint(before);
                return left;
            }
            connection.rollback(before);
        }
        return Set.of();
    }

    /** The rows of this range of the stage that fail by themselves. */
    private List<String> failing(List<String> rows) throws SQLException {
        if (rows.isEmpty()) {
            return List.of();
        }
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement merge = connection.prepareStatement(sql.mergeRange())) {
            merge.setString(1, rows.get(0));
            merge.setString(2, rows.get(rows.size() - 1));
            MergeCounts.of(connection, table, merge);
            connection.releaseSavepoint(before);
            return List.of();
        } catch (SQLException e) {
            connection.rollback(before);
            RowError.of(e, "", table.columns());
        }
        if (rows.size() == 1) {
            return rows;
        }
        int middle = rows.size() / 2;
        List<String> failing = new ArrayList<>(failing(rows.subList(0, middle)));
        failing.addAll(failing(rows.subList(middle, rows.size())));
        return failing;
    }

    /** Where each row is in the stage, in the order in which they were copied. */
    private Map<String, RowKey> staged() throws SQLException {
        Map<String, RowKey> staged = new LinkedHashMap<>();
        for (String row : stagedRows()) {
            staged.put(row, keys.get(staged.size()));
        }
        return staged;
    }

    private List<String> inOrder(Set<String> rows) throws SQLException {
        return stagedRows().stream().filter(rows::contains).toList();
    }

    private List<String> stagedRows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(stageSql.rows())) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    /** The rows that differ from the target, and whether it has none of their keys. */
    private Map<String, Boolean> missing() throws SQLException {
        Map<String, Boolean> missing = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(new CompareSql(table.sql()).differences())) {
            while (result.next()) {
                missing.put(result.getString(1), result.getBoolean(2));
            }
        }
        return missing;
    }

    private void unstage(Set<String> rows) throws SQLException {
        if (!rows.isEmpty()) {
            new OtherSpellings(connection, table).unstage(rows);
        }
    }

    /** Whether rows can be taken out: a trigger or a foreign key would treat a replaced row as a deleted one. */
    private boolean mayTakeOut() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(conflictSql.watched())) {
            statement.setString(1, table.sql().quoted());
            statement.setString(2, table.sql().quoted());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return !row.getBoolean(1);
            }
        }
    }

    /** Columns that users added, and columns that were dropped in the source, keep their values. */
    private void putBack() throws SQLException {
        List<String> brought = new ArrayList<>(table.columns());
        brought.add(DeletePolicy.DELETED_AT);
        table.stamp().ifPresent(brought::add);
        List<String> others = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(conflictSql.otherColumns())) {
            statement.setString(1, table.sql().quoted());
            statement.setArray(2, connection.createArrayOf("text", brought.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    others.add(row.getString(1));
                }
            }
        }
        if (!others.isEmpty()) {
            execute(conflictSql.putBack(others));
        }
    }

    private void execute(String statement) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
    }
}
