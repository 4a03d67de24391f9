package io.postgresloader.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that write a target table.
 *
 * @param schema the target's schema
 * @param table the target table
 * @param columns the columns that arrive, in order
 * @param keyColumns the columns that identify a row, covered by a unique index
 * @param marks whether rows that are gone from the source are marked in {@value #DELETED_AT} instead of deleted
 */
public record UpsertSql(String schema, String table, List<String> columns, List<String> keyColumns, boolean marks) {
    /** When a row was found to be gone from the source; NULL in all others. */
    public static final String DELETED_AT = "_deleted_at";

    private static final String QUOTED_DELETED_AT = Identifiers.postgres(DELETED_AT);
    private static final String STAGE = "pg_temp.\"etl_stage\"";
    private static final String KEYS = "pg_temp.\"etl_keys\"";

    /** Copies rows straight into the table. */
    public String copyIntoTable() {
        return copy(target());
    }

    /** Copies rows into the stage. */
    public String copyIntoStage() {
        return copy(STAGE);
    }

    /** Returns a row when the table has any. */
    public String anyRow() {
        return "SELECT 1 FROM " + target() + " LIMIT 1";
    }

    /**
     * Returns a row when the table has a key from this one on; one parameter for each key column. It asks for the
     * greatest key and compares: a plain WHERE would be answered by a scan of the table as long as the table has no
     * statistics, and a table that is being filled has none.
     */
    public String anyRowFrom() {
        String key = Identifiers.postgresList(keyColumns);
        String downwards = keyColumns.stream()
                .map(column -> Identifiers.postgres(column) + " DESC")
                .collect(Collectors.joining(", "));
        String markers = String.join(", ", Collections.nCopies(keyColumns.size(), "?"));
        return "SELECT 1 FROM (SELECT " + key + " FROM " + target() + " ORDER BY " + downwards + " LIMIT 1) AS greatest"
                + " WHERE (" + key + ") >= (" + markers + ")";
    }

    /** An empty table with the target's types and none of its constraints; it goes when the transaction ends. */
    public String createStage() {
        return "CREATE TEMPORARY TABLE \"etl_stage\" ON COMMIT DROP AS SELECT " + Identifiers.postgresList(columns)
                + " FROM " + target() + " WITH NO DATA";
    }

    public String dropStage() {
        return "DROP TABLE " + STAGE;
    }

    /**
     * Upserts the staged rows that differ from the target and returns one row: inserted, updated.
     *
     * <p>Rows are compared by their stored image ({@code *<>}), not by {@code =}: -0 is not 0 and 1.0 is not 1.00, and
     * types without an equality operator are compared as well. A row that was just inserted has no {@code xmax}; one
     * that was updated on conflict carries the lock that ON CONFLICT took.
     */
    public String merge() {
        return merge("");
    }

    /** The {@code ctid} of every staged row that differs from the target, and whether the target has none of its key. */
    public String differences() {
        return "SELECT s.ctid::text, t.ctid IS NULL FROM " + STAGE + " s LEFT JOIN " + target() + " t ON " + sameKey()
                + whereNotMarked(" AND ") + " WHERE t.ctid IS NULL OR ROW(" + prefixed("s") + ")::record *<> ROW("
                + prefixed("t") + ")::record";
    }

    /** All rows in key order, as COPY writes them. */
    public String copyOut() {
        return "COPY (SELECT " + Identifiers.postgresList(columns) + " FROM " + target() + " t"
                + whereNotMarked(" WHERE ") + " ORDER BY "
                + Identifiers.postgresList(keyColumns) + ") TO STDOUT";
    }

    /** An empty table for the keys that the source has; it goes when the transaction ends. */
    public String createKeys() {
        return "CREATE TEMPORARY TABLE \"etl_keys\" ON COMMIT DROP AS SELECT " + Identifiers.postgresList(keyColumns)
                + " FROM " + target() + " WITH NO DATA";
    }

    /** Keeps the keys of the staged rows. */
    public String keepStagedKeys() {
        return "INSERT INTO " + KEYS + " SELECT " + Identifiers.postgresList(keyColumns) + " FROM " + STAGE;
    }

    /** The keys of the target that are not among those kept, as text. */
    public String keysBeyondKept() {
        return "SELECT " + printedKey() + " FROM " + target() + " t WHERE NOT EXISTS (SELECT 1 FROM " + KEYS
                + " s WHERE " + sameKey() + ")" + whereNotMarked(" AND ");
    }

    /** Those of {@code count} keys that the target has, as text; a parameter for each value. */
    public String keysAmong(int count) {
        String markers = "(" + String.join(", ", Collections.nCopies(keyColumns.size(), "?")) + ")";
        return "SELECT " + printedKey() + " FROM " + target() + " t WHERE (" + Identifiers.postgresList(keyColumns)
                + ") IN (" + String.join(", ", Collections.nCopies(count, markers)) + ")" + whereNotMarked(" AND ");
    }

    /** How many rows there are that the source should have. */
    public String count() {
        return "SELECT count(*) FROM " + target() + " t" + whereNotMarked(" WHERE ");
    }

    /** Takes {@code count} rows away, by marking or deleting them; a parameter for each value of their keys. */
    public String remove(int count) {
        String markers = "(" + String.join(", ", Collections.nCopies(keyColumns.size(), "?")) + ")";
        String what = marks
                ? "UPDATE " + target() + " t SET " + QUOTED_DELETED_AT + " = now()"
                : "DELETE FROM " + target() + " t";
        return what + " WHERE (" + Identifiers.postgresList(keyColumns) + ") IN ("
                + String.join(", ", Collections.nCopies(count, markers)) + ")" + whereNotMarked(" AND ");
    }

    private String whereNotMarked(String keyword) {
        return marks ? keyword + "t." + QUOTED_DELETED_AT + " IS NULL" : "";
    }

    private String printedKey() {
        return keyColumns.stream()
                .map(c -> "t." + Identifiers.postgres(c) + "::text")
                .collect(Collectors.joining(", "));
    }

    private String sameKey() {
        return keyColumns.stream()
                .map(Identifiers::postgres)
                .map(c -> "t." + c + " = s." + c)
                .collect(Collectors.joining(" AND "));
    }

    /** {@link #merge()} for the stage rows of a range of {@code ctid}s, to find the one that fails: two parameters. */
    public String mergeRange() {
        return merge(" AND s.ctid BETWEEN ?::tid AND ?::tid");
    }

    /** The {@code ctid} of every staged row, in the order in which they were copied. */
    public String stagedRows() {
        return "SELECT ctid::text FROM " + STAGE;
    }

    private String merge(String range) {
        return """
                WITH changed AS (
                  SELECT s.* FROM %1$s s LEFT JOIN %2$s t ON %3$s
                  WHERE (t.ctid IS NULL%11$s OR ROW(%4$s)::record *<> ROW(%5$s)::record)%6$s
                ), written AS (
                  INSERT INTO %2$s AS t (%7$s)
                  SELECT %4$s FROM changed s ORDER BY %8$s
                  ON CONFLICT (%9$s) DO %10$s
                  RETURNING t.xmax = 0 AS inserted
                )
                SELECT count(*) FILTER (WHERE inserted), count(*) FILTER (WHERE NOT inserted) FROM written"""
                .formatted(
                        STAGE,
                        target(),
                        sameKey(),
                        prefixed("s"),
                        prefixed("t"),
                        range,
                        Identifiers.postgresList(columns),
                        keyColumns.stream()
                                .map(c -> "s." + Identifiers.postgres(c))
                                .collect(Collectors.joining(", ")),
                        Identifiers.postgresList(keyColumns),
                        onConflict(),
                        marks ? " OR t." + QUOTED_DELETED_AT + " IS NOT NULL" : "");
    }

    private String onConflict() {
        List<String> assignments = new ArrayList<>();
        columns.stream()
                .filter(column -> !keyColumns.contains(column))
                .map(Identifiers::postgres)
                .forEach(column -> assignments.add(column + " = EXCLUDED." + column));
        if (marks) {
            assignments.add(QUOTED_DELETED_AT + " = NULL");
        }
        return assignments.isEmpty() ? "NOTHING" : "UPDATE SET " + String.join(", ", assignments);
    }

    private String copy(String into) {
        return "COPY " + into + " (" + Identifiers.postgresList(columns) + ") FROM STDIN";
    }

    private String prefixed(String alias) {
        return columns.stream().map(c -> alias + "." + Identifiers.postgres(c)).collect(Collectors.joining(", "));
    }

    private String target() {
        return Identifiers.postgres(schema, table);
    }
}
