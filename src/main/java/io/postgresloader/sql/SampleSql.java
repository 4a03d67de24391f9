package io.postgresloader.sql;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Statements that read some rows of a source table: the number of the run, the key, and each column as text. */
public final class SampleSql {
    /** The places of the columns in each row, from 1. */
    public static final int RUN = 1;

    public static final int KEY = 2;
    public static final int FIRST_VALUE = 3;

    private final String table;
    private final String values;

    public SampleSql(String table, List<String> columns) {
        this.table = Identifiers.mysql(table);
        // As text, since a date may be 0000-00-00, which no driver takes for one.
        this.values = columns.stream()
                .map(column -> ", CAST(" + Identifiers.mysql(column) + " AS CHAR)")
                .collect(Collectors.joining());
    }

    /**
     * Runs of neighbouring rows.
     *
     * @param key an integer column with an index that begins with it
     * @param starts where the runs begin, ascending
     * @param rows the length of a run
     */
    public BoundSql runs(String key, List<BigInteger> starts, int rows) {
        String column = Identifiers.mysql(key);
        String text = IntStream.range(0, starts.size())
                .mapToObj(run -> "(SELECT " + run + ", " + column + values + " FROM " + table + " WHERE " + column
                        + " >= ? ORDER BY " + column + " LIMIT " + rows + ")")
                .collect(Collectors.joining(" UNION ALL "));
        return new BoundSql(text, List.copyOf(starts));
    }

    /**
     * The rows from the beginning on.
     *
     * @param key the integer column to follow; empty: in any order
     * @param rows how many; empty: all of them
     */
    public BoundSql first(Optional<String> key, Optional<Integer> rows) {
        String column = key.map(Identifiers::mysql).orElse("NULL");
        return new BoundSql(
                "SELECT 0, " + column + values + " FROM " + table
                        + key.map(k -> " ORDER BY " + column).orElse("")
                        + rows.map(limit -> " LIMIT " + limit).orElse(""),
                List.of());
    }
}
