package io.postgresloader.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that write staged rows whose unique values other rows of the target still have. The rows that the
 * staged rows replace are taken out first, so that rows may swap a value; their columns that are not staged are put back.
 *
 * @param table the target table
 */
public record ConflictSql(SqlTable table) {
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

    /** Keeps the rows that staged ones replace; the transaction's end drops the table that holds them. */
    public String keepReplaced() {
        return table.statement("CREATE TEMPORARY TABLE \"etl_before\" ON COMMIT DROP AS SELECT t.* FROM {table} t"
                        + " JOIN {stage} s ON {sameKey}")
                .sql();
    }

    /** Takes the replaced rows out of the table. */
    public String takeOut() {
        return table.statement("DELETE FROM {table} t USING {before} s WHERE {sameKey}")
                .with("before", BEFORE)
                .sql();
    }

    /** Puts back the columns that no row from the source brings. */
    public String putBack(List<String> columns) {
        String assignments = columns.stream()
                .map(Identifiers::postgres)
                .map(c -> c + " = s." + c)
                .collect(Collectors.joining(", "));
        return table.statement("UPDATE {table} t SET {assignments} FROM {before} s WHERE {sameKey}")
                .with("assignments", assignments)
                .with("before", BEFORE)
                .sql();
    }

    public String dropReplaced() {
        return "DROP TABLE " + BEFORE;
    }

    /** Takes rows out of the stage; parameter: their {@code ctid}s as text. */
    public String unstage() {
        return "DELETE FROM " + StageSql.STAGE + " WHERE ctid::text = ANY (?)";
    }
}
