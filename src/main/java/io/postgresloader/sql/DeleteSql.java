package io.postgresloader.sql;

import java.util.stream.Collectors;

/**
 * The statement for rows that are deleted in the source: it deletes them, or marks them where the table's rows are
 * marked.
 *
 * @param table the target table
 */
public record DeleteSql(SqlTable table) {
    /** The table of the deletes feed. */
    public static final String FEED = "etl_deleted_row";

    /**
     * Deletes or marks {@code count} rows; a parameter for each value of their keys. The keys that it deletes from a
     * table with stamped rows go into the deletes feed, as texts; then the last parameter is the load.
     */
    public String remove(int count) {
        String remove = what() + " WHERE ({key}) IN ({markers}){and.notMarked}";
        SqlTemplate statement = feeds()
                ? table.statement("WITH deleted AS (" + remove + " RETURNING jsonb_build_object({named}) AS key)"
                                + " INSERT INTO {feed} (table_name, key, deleted_at, load_id)"
                                + " SELECT {name}, key, {stamp}, ? FROM deleted")
                        .with("named", keyByName())
                        .with("feed", Identifiers.postgres(table.schema(), FEED))
                        .with("name", Identifiers.literal(table.name()))
                : table.statement(remove);
        return statement.with("markers", table.keyMarkers(count)).sql();
    }

    /** Whether the keys of the rows go into the deletes feed; a marked row has its stamp. */
    public boolean feeds() {
        return table.stamp().isPresent() && !table.marks();
    }

    private String what() {
        return table.marks()
                ? "UPDATE {table} t SET " + SqlTable.DELETED_AT + " = now()"
                        + table.stampColumn()
                                .map(column -> ", " + column + " = {stamp}")
                                .orElse("")
                : "DELETE FROM {table} t";
    }

    private String keyByName() {
        return table.key().stream()
                .map(c -> Identifiers.literal(c) + ", t." + Identifiers.postgres(c) + "::text")
                .collect(Collectors.joining(", "));
    }
}
