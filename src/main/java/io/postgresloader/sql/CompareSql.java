package io.postgresloader.sql;

import java.util.Locale;

/**
 * The statements that compare a target table with its source. Rows that are marked as deleted are left out.
 *
 * @param table the target table
 */
public record CompareSql(SqlTable table) {
    private static final String KEYS = "pg_temp.\"etl_keys\"";

    /** How many rows there are that the source should have. */
    public String count() {
        return table.statement("SELECT count(*) FROM {table} t{where.notMarked}")
                .sql();
    }

    /** The same, without rows whose key is above the parameter; of a table whose key is one column. */
    public String countUpTo() {
        return table.statement("SELECT count(*) FROM {table} t WHERE {key} <= ?{and.notMarked}")
                .sql();
    }

    /** All rows in key order, as COPY writes them. */
    public String copyOut() {
        return table.statement("COPY (SELECT {columns} FROM {table} t{where.notMarked} ORDER BY {key}) TO STDOUT")
                .sql();
    }

    /**
     * Some rows in random order, as COPY writes them.
     *
     * @param percent the percentage of the table's pages that are read
     * @param rows the most rows
     */
    public String sample(double percent, int rows) {
        return table.statement("COPY (SELECT {columns} FROM {table} t TABLESAMPLE SYSTEM ({percent}){where.notMarked}"
                        + " ORDER BY random() LIMIT {rows}) TO STDOUT")
                .with("percent", String.format(Locale.ROOT, "%.6f", percent))
                .with("rows", String.valueOf(rows))
                .sql();
    }

    /** The {@code ctid} of every staged row that differs from the target, and whether the target has none of its key. */
    public String differences() {
        return table.statement("SELECT s.ctid::text, t.ctid IS NULL FROM {stage} s LEFT JOIN {table} t"
                        + " ON {sameKey}{and.notMarked}"
                        + " WHERE t.ctid IS NULL OR ROW({s.columns})::record *<> ROW({t.columns})::record")
                .sql();
    }

    /** Creates an empty table for the keys that the source has; the transaction's end drops it. */
    public String createKeys() {
        return table.statement(
                        "CREATE TEMPORARY TABLE \"etl_keys\" ON COMMIT DROP AS SELECT {key} FROM {table} WITH NO DATA")
                .sql();
    }

    /** Keeps the keys of the staged rows. */
    public String keepStagedKeys() {
        return table.statement("INSERT INTO {keys} SELECT {key} FROM {stage}")
                .with("keys", KEYS)
                .sql();
    }

    /** The keys of the target that are not among those kept, as text. */
    public String keysBeyondKept() {
        return table.statement("SELECT {t.key.text} FROM {table} t"
                        + " WHERE NOT EXISTS (SELECT 1 FROM {keys} s WHERE {sameKey}){and.notMarked}")
                .with("keys", KEYS)
                .sql();
    }

    /** Those of {@code count} keys that the target has, as text; a parameter for each value. */
    public String keysAmong(int count) {
        return table.statement("SELECT {t.key.text} FROM {table} t WHERE ({key}) IN ({markers}){and.notMarked}")
                .with("markers", table.keyMarkers(count))
                .sql();
    }

    /**
     * The keys of a range of a table whose key is one column, as text, least first. Parameters: the key below the first,
     * the last key if the range is {@code bounded}, and the most keys to return.
     */
    public String keysOfRange(boolean bounded) {
        return table.statement("SELECT {t.key.text} FROM {table} t WHERE {key} > ?{bound}{and.notMarked}"
                        + " ORDER BY {key} LIMIT ?")
                .with("bound", bounded ? " AND " + Identifiers.postgresList(table.key()) + " <= ?" : "")
                .sql();
    }
}
