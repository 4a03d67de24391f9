package io.postgresloader.sql;

/**
 * The statement for rows that are deleted in the source: it deletes them, or marks them where the table's rows are
 * marked.
 *
 * @param table the target table
 */
public record DeleteSql(SqlTable table) {

    /** Deletes or marks {@code count} rows; a parameter for each value of their keys. */
    public String remove(int count) {
        String what =
                table.marks() ? "UPDATE {table} t SET " + SqlTable.DELETED_AT + " = now()" : "DELETE FROM {table} t";
        return table.statement(what + " WHERE ({key}) IN ({markers}){and.notMarked}")
                .with("markers", table.keyMarkers(count))
                .sql();
    }
}
