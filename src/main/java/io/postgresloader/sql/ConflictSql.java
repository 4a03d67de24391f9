package io.postgresloader.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that write staged rows whose values other rows of the target still have. The rows that they replace
 * are taken out first, so that rows may swap a value; what is not staged of those is put back.
 *
 * @param schema the target's schema
 * @param table the target table
 * @param keyColumns the columns that identify a row
 */
public record ConflictSql(String schema, String table, List<String> keyColumns) {
    private static final String STAGE = "pg_temp.\"etl_stage\"";
    private static final String BEFORE = "pg_temp.\"etl_before\"";

    /** Whether rows cannot be taken out unseen: a trigger, another table's foreign key, a number that is given once. */
    public String watched() {
        return "SELECT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = to_regclass(?)) OR EXISTS ("
                + "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(?) AND attidentity = 'a')";
    }

    /** The columns that no row from the source brings and that can be written; parameters: table, columns. */
    public String otherColumns() {
        return "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0"
                + " AND NOT attisdropped AND attgenerated = '' AND attidentity <> 'a' AND attname <> ALL (?) ORDER BY attnum";
    }

    /** Keeps the rows that staged ones replace; the table goes when the transaction ends. */
    public String keepReplaced() {
        return "CREATE TEMPORARY TABLE \"etl_before\" ON COMMIT DROP AS SELECT t.* FROM " + target() + " t JOIN "
                + STAGE + " s ON " + sameKey("s");
    }

    /** Takes the replaced rows out of the table. */
    public String takeOut() {
        return "DELETE FROM " + target() + " t USING " + BEFORE + " s WHERE " + sameKey("s");
    }

    /** Puts back what no row from the source brings. */
    public String putBack(List<String> columns) {
        return "UPDATE " + target() + " t SET "
                + columns.stream()
                        .map(Identifiers::postgres)
                        .map(c -> c + " = s." + c)
                        .collect(Collectors.joining(", "))
                + " FROM " + BEFORE + " s WHERE " + sameKey("s");
    }

    public String dropReplaced() {
        return "DROP TABLE " + BEFORE;
    }

    /** Takes rows out of the stage; parameter: their {@code ctid}s as text. */
    public String unstage() {
        return "DELETE FROM " + STAGE + " WHERE ctid::text = ANY (?)";
    }

    /** The table's name as {@code to_regclass} takes it. */
    public String target() {
        return Identifiers.postgres(schema, table);
    }

    private String sameKey(String alias) {
        return keyColumns.stream()
                .map(Identifiers::postgres)
                .map(c -> "t." + c + " = " + alias + "." + c)
                .collect(Collectors.joining(" AND "));
    }
}
