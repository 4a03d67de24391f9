package io.postgresloader.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements that insert and update rows of a target table.
 *
 * @param table the target table
 */
public record UpsertSql(SqlTable table) {
    /** Copies rows straight into the table. */
    public String copyIntoTable() {
        return table.statement("COPY {table} ({columns}) FROM STDIN").sql();
    }

    /** Returns a row when the table has any, or when a copied row would get another stamp than the transaction's. */
    public String anyRow() {
        return orOtherStamp("SELECT 1 FROM {table} LIMIT 1").sql();
    }

    /**
     * As {@link #anyRow}, for a key from this one on; one parameter for each key column. The statement takes the
     * greatest key and compares it: a table that is being filled has no statistics, and PostgreSQL would answer a
     * plain WHERE by a scan of such a table.
     */
    public String anyRowFrom() {
        String downwards =
                table.key().stream().map(c -> Identifiers.postgres(c) + " DESC").collect(Collectors.joining(", "));
        return orOtherStamp("SELECT 1 FROM (SELECT {key} FROM {table} ORDER BY {downwards} LIMIT 1) AS greatest"
                        + " WHERE ({key}) >= {markers}")
                .with("downwards", downwards)
                .with("markers", table.keyMarkers())
                .sql();
    }

    /** Copied rows get the column's default, the start of the transaction, which mostly is the stamp. */
    private SqlTemplate orOtherStamp(String any) {
        return table.statement(
                table.stamp().isEmpty() ? any : "(" + any + ") UNION ALL SELECT 1 WHERE {stamp} <> now()");
    }

    /**
     * Upserts the staged rows that differ from the target and returns one row: those to insert, those to update, and
     * those that PostgreSQL wrote, which are fewer if triggers drop rows.
     *
     * <p>Rows are compared by their stored image ({@code *<>}), not by {@code =}: -0 is not 0 and 1.0 is not 1.00, and
     * types without an equality operator are compared as well. RETURNING names no system column, which a partitioned
     * table does not have there.
     */
    public String merge() {
        return merge("");
    }

    /** {@link #merge()} for the stage rows of a range of {@code ctid}s, to find the one that fails: two parameters. */
    public String mergeRange() {
        return merge(" AND s.ctid BETWEEN ?::tid AND ?::tid");
    }

    private String merge(String range) {
        return table.statement(
                        """
                        WITH changed AS (
                          SELECT s.*, t.ctid FROM {stage} s LEFT JOIN {table} t ON {sameKey}
                          WHERE (t.ctid IS NULL{marked}%s){range}
                        ), written AS (
                          INSERT INTO {table} AS t ({columns}{more.columns})
                          SELECT {s.columns}{more.values} FROM changed s ORDER BY {s.key}
                          ON CONFLICT ({key}) DO {action}
                          RETURNING 1
                        )
                        SELECT count(*) FILTER (WHERE ctid IS NULL), count(*) FILTER (WHERE ctid IS NOT NULL),
                          (SELECT count(*) FROM written) FROM changed"""
                                .formatted(
                                        assignments().isEmpty()
                                                ? ""
                                                : " OR ROW({s.columns})::record *<> ROW({t.columns})::record"))
                .with("marked", table.marks() ? " OR t." + SqlTable.DELETED_AT + " IS NOT NULL" : "")
                .with("range", range)
                .with("action", onConflict())
                .sql();
    }

    private String onConflict() {
        List<String> assignments = assignments();
        if (!assignments.isEmpty()) {
            table.stampColumn().ifPresent(column -> assignments.add(column + " = EXCLUDED." + column));
        }
        return assignments.isEmpty() ? "NOTHING" : "UPDATE SET " + String.join(", ", assignments);
    }

    private List<String> assignments() {
        List<String> assignments = new ArrayList<>();
        assigned().map(Identifiers::postgres).forEach(column -> assignments.add(column + " = EXCLUDED." + column));
        if (table.marks()) {
            assignments.add(SqlTable.DELETED_AT + " = NULL");
        }
        return assignments;
    }

    /** The row that has the same key may spell it in another way. */
    private Stream<String> assigned() {
        return table.columns().stream()
                .filter(column ->
                        !table.key().contains(column) || table.folded().containsKey(column));
    }

    private Stream<String> values() {
        return table.columns().stream().filter(column -> !table.key().contains(column));
    }

    /**
     * Finds staged rows that the merge wrote and that are stored with other values, and returns one row: their number,
     * and for each column whether any of them differs there. Parameter: the {@code ctid}s, as text, of the staged rows
     * that were not written.
     */
    public String altered() {
        String differing = table.columns().stream()
                .map(c -> table.key().contains(c) ? "bool_or(t.ctid IS NULL)" : "bool_or(" + differs(c) + ")")
                .collect(Collectors.joining(", "));
        String anyDiffers = values().map(c -> " OR " + differs(c)).collect(Collectors.joining());
        return table.statement("SELECT count(*), {differing} FROM {stage} s LEFT JOIN {table} t ON {sameKey}"
                        + " WHERE s.ctid::text <> ALL (?) AND (t.ctid IS NULL{anyDiffers})")
                .with("differing", differing)
                .with("anyDiffers", anyDiffers)
                .sql();
    }

    private static String differs(String column) {
        String quoted = Identifiers.postgres(column);
        return "ROW(s." + quoted + ")::record *<> ROW(t." + quoted + ")::record";
    }
}
