package io.postgresloader.sql;

import io.postgresloader.model.DeletePolicy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A target table as its statements name it. In a statement, the alias {@code t} is the target table and {@code s} is the
 * stage.
 *
 * @param schema the target's schema
 * @param name the target table
 * @param columns the columns that arrive, in order
 * @param key the columns that identify a row, covered by a unique index; none: the table has no key
 * @param folded the operator, for each column of the key that the unique index takes for equal in more than one spelling,
 *     such as {@code OPERATOR("public".=)} for citext
 * @param marks whether rows that are deleted in the source are marked in {@link DeletePolicy#DELETED_AT}, not deleted
 * @param stamp the column of the row stamp; empty: the table's rows are not stamped
 */
public record SqlTable(
        String schema,
        String name,
        List<String> columns,
        List<String> key,
        Map<String, String> folded,
        boolean marks,
        Optional<String> stamp) {
    /** The column of the mark, quoted. */
    static final String DELETED_AT = Identifiers.postgres(DeletePolicy.DELETED_AT);

    public SqlTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        folded = Map.copyOf(folded);
    }

    /** A table whose keys have one spelling each. */
    public SqlTable(String schema, String name, List<String> columns, List<String> key, boolean marks) {
        this(schema, name, columns, key, Map.of(), marks, Optional.empty());
    }

    /** The same table with stamped rows. */
    public SqlTable stampedIn(String column) {
        return new SqlTable(schema, name, columns, key, folded, marks, Optional.of(column));
    }

    /** The table's name with its schema, quoted; {@code to_regclass} takes it, too. */
    public String quoted() {
        return Identifiers.postgres(schema, name);
    }

    /**
     * A statement in which these names stand for parts of it:
     *
     * <ul>
     *   <li>{@code {table}}, {@code {stage}}: the two tables;
     *   <li>{@code {columns}}, {@code {key}}: column lists; with an alias {@code {s.columns}}, {@code {t.columns}},
     *       {@code {s.key}}, {@code {t.key}}, and {@code {t.key.text}} with each value converted to text;
     *   <li>{@code {stamp}}: the stamp of the transaction; {@code {more.columns}}, {@code {more.values}}: a comma with the
     *       column of the stamp, and with the stamp; empty for a table whose rows are not stamped;
     *   <li>{@code {sameKey}}: the condition that {@code t} and {@code s} have the same key;
     *   <li>{@code {where.notMarked}}, {@code {and.notMarked}}: a space, the keyword, and the condition that the row
     *       {@code t} is not marked as deleted; empty for a table whose rows are not marked.
     * </ul>
     *
     * Other names are left to the caller.
     */
    SqlTemplate statement(String text) {
        Map<String, String> parts = Map.ofEntries(
                Map.entry("table", quoted()),
                Map.entry("stage", StageSql.STAGE),
                Map.entry("columns", Identifiers.postgresList(columns)),
                Map.entry("s.columns", prefixed("s", columns)),
                Map.entry("t.columns", prefixed("t", columns)),
                Map.entry("key", Identifiers.postgresList(key)),
                Map.entry("s.key", prefixed("s", key)),
                Map.entry("t.key", prefixed("t", key)),
                Map.entry("t.key.text", keyAsText()),
                Map.entry("stamp", StampSql.STAMP),
                Map.entry("more.columns", stampColumn().map(c -> ", " + c).orElse("")),
                Map.entry("more.values", stamp.map(c -> ", " + StampSql.STAMP).orElse("")),
                Map.entry("sameKey", sameKey()),
                Map.entry("where.notMarked", notMarked(" WHERE ")),
                Map.entry("and.notMarked", notMarked(" AND ")));
        return new SqlTemplate(text, parts);
    }

    /** A parameter marker for each column of the key, in parentheses. */
    String keyMarkers() {
        return "(" + String.join(", ", Collections.nCopies(key.size(), "?")) + ")";
    }

    /** A row of {@link #keyMarkers} for each of {@code count} keys. */
    String keyMarkers(int count) {
        return String.join(", ", Collections.nCopies(count, keyMarkers()));
    }

    /** The column of the stamp, quoted. */
    Optional<String> stampColumn() {
        return stamp.map(Identifiers::postgres);
    }

    private String notMarked(String keyword) {
        return marks ? keyword + "t." + DELETED_AT + " IS NULL" : "";
    }

    private String keyAsText() {
        return key.stream().map(c -> "t." + Identifiers.postgres(c) + "::text").collect(Collectors.joining(", "));
    }

    private String sameKey() {
        return key.stream()
                .map(c -> "t." + Identifiers.postgres(c) + " " + folded.getOrDefault(c, "=") + " s."
                        + Identifiers.postgres(c))
                .collect(Collectors.joining(" AND "));
    }

    private static String prefixed(String alias, List<String> columns) {
        return columns.stream().map(c -> alias + "." + Identifiers.postgres(c)).collect(Collectors.joining(", "));
    }
}
