package io.postgresloader.target;

import io.postgresloader.model.RowBatch;
import io.postgresloader.sql.StageSql;
import io.postgresloader.sql.UpsertSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a batch by way of a stage: COPY, drop what is equal, upsert the rest in key order. A row that
 * fails in the merge is found by halving, since errors of a merge name no line.
 */
final class StagedMerge {
    /** A constraint that is checked at commit names no row, and fails the rows of the whole transaction. */
    static final String CHECK_AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE";

    /** One index look-up per staged row, independent of the statistics: the cost follows the change, not the table. */
    static final String PLAN =
            "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_seqscan = off;"
                    + " SET LOCAL jit = off; " + CHECK_AT_ONCE;

    /** The rows whose places in the stage are held in memory, to find those that fail. */
    private static final int PART_ROWS = 20_000;

    /** So many failed rows are checked first, and then each time when they are twice as many. */
    private static final int FIRST_CHECK = 64;

    private final Connection connection;
    private final TargetTable table;
    private final boolean triggers;
    private final Consumer<List<FailedRow>> check;
    private final UpsertSql sql;
    private final StageSql stageSql;
    private final List<FailedRow> failed = new ArrayList<>();
    private final List<String> notWritten = new ArrayList<>();
    private long inserted;
    private long updated;
    private AlteredRows altered = AlteredRows.NONE;
    private int nextCheck = FIRST_CHECK;

    /**
     * @param triggers whether the table has triggers that may change rows, so that the written rows are compared
     * @param check takes the failed rows now and then, and throws if they are too many: each costs several statements
     */
    StagedMerge(Connection connection, TargetTable table, boolean triggers, Consumer<List<FailedRow>> check) {
        this.check = check;
        this.connection = connection;
        this.table = table;
        this.triggers = triggers;
        this.sql = new UpsertSql(table.sql());
        this.stageSql = new StageSql(sql.table());
    }

    /** Writes the batch; afterwards {@link #inserted}, {@link #updated} and {@link #failed} have the result. */
    void write(RowBatch batch) throws SQLException {
        execute(PLAN);
        if (batch.rows() > PART_ROWS && table.folded().isEmpty() && writeAtOnce(batch)) {
            return;
        }
        for (int from = batch.from(); from < batch.to(); from += PART_ROWS) {
            writePart(batch.slice(from, Math.min(batch.to(), from + PART_ROWS)));
        }
    }

    /** Writes a large batch in one piece, or, if a row of it cannot be merged, nothing of it. */
    private boolean writeAtOnce(RowBatch batch) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            execute(stageSql.create());
            new CopyWriter(connection, stageSql.copyInto(), StageSql.NAME, columns()).copyGood(batch, this::add);
            try (PreparedStatement merge = connection.prepareStatement(sql.merge())) {
                merge(merge);
            }
        } catch (SQLException e) {
            connection.rollback(before);
            RowError.of(e, "", columns());
            failed.clear();
            return false;
        }
        connection.releaseSavepoint(before);
        endStage();
        return true;
    }

    private void endStage() throws SQLException {
        if (triggers) {
            altered = altered.plus(readAltered());
        }
        execute(stageSql.drop());
    }

    private void writePart(RowBatch batch) throws SQLException {
        notWritten.clear();
        execute(stageSql.create());
        new CopyWriter(connection, stageSql.copyInto(), StageSql.NAME, columns()).copyGood(batch, this::add);
        if (!table.folded().isEmpty()) {
            takeOutOtherSpellings(batch);
        }
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement merge = connection.prepareStatement(sql.merge())) {
            merge(merge);
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            connection.rollback(before);
            RowError.of(e, "", columns());
            mergeInParts(stagedRows(batch));
        }
        endStage();
    }

    private void takeOutOtherSpellings(RowBatch batch) throws SQLException {
        OtherSpellings others = new OtherSpellings(connection, table);
        Set<String> found = others.find().keySet();
        if (found.isEmpty()) {
            return;
        }
        stagedRows(batch).stream()
                .filter(row -> found.contains(row.ctid()))
                .forEach(row -> add(new FailedRow(row.row(), others.failure(), others.column())));
        others.unstage(found);
    }

    private void add(FailedRow row) {
        failed.add(row);
        if (failed.size() == nextCheck) {
            nextCheck *= 2;
            check.accept(failed());
        }
    }

    AlteredRows altered() {
        return altered;
    }

    long inserted() {
        return inserted;
    }

    long updated() {
        return updated;
    }

    List<FailedRow> failed() {
        return List.copyOf(failed);
    }

    private void mergeInParts(List<StagedRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement merge = connection.prepareStatement(sql.mergeRange())) {
            merge.setString(1, rows.get(0).ctid());
            merge.setString(2, rows.get(rows.size() - 1).ctid());
            merge(merge);
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            connection.rollback(before);
            RowError error = RowError.of(e, "", columns());
            if (rows.size() == 1) {
                add(new FailedRow(rows.get(0).row(), error.failure(), error.column()));
                notWritten.add(rows.get(0).ctid());
            } else {
                int middle = rows.size() / 2;
                mergeInParts(rows.subList(0, middle));
                mergeInParts(rows.subList(middle, rows.size()));
            }
        }
    }

    private void merge(PreparedStatement merge) throws SQLException {
        MergeCounts counts = MergeCounts.of(connection, table, merge);
        inserted += counts.inserted();
        updated += counts.updated();
    }

    private AlteredRows readAltered() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.altered())) {
            statement.setArray(1, connection.createArrayOf("text", notWritten.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Set<String> columns = new TreeSet<>();
                for (int column = 0; column < columns().size(); column++) {
                    if (row.getBoolean(column + 2)) {
                        columns.add(columns().get(column));
                    }
                }
                return new AlteredRows(row.getLong(1), columns);
            }
        }
    }

    /** Where each copied row is in the stage: rows were copied in order, without those that failed. */
    private List<StagedRow> stagedRows(RowBatch batch) throws SQLException {
        Set<Integer> missing = failed.stream().map(FailedRow::row).collect(Collectors.toSet());
        int[] copied = IntStream.range(batch.from(), batch.to())
                .filter(row -> !missing.contains(row))
                .toArray();
        List<StagedRow> rows = new ArrayList<>(copied.length);
        try (Statement statement = connection.createStatement();
                ResultSet ctids = statement.executeQuery(stageSql.rows())) {
            while (ctids.next()) {
                rows.add(new StagedRow(copied[rows.size()], ctids.getString(1)));
            }
        }
        return rows;
    }

    private List<String> columns() {
        return sql.table().columns();
    }

    private void execute(String statement) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
    }

    private record StagedRow(int row, String ctid) {}
}
