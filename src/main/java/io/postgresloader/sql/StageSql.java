package io.postgresloader.sql;

/**
 * The statements about the stage: a temporary table that rows are copied into before they are compared or written.
 *
 * @param table the target table that the rows are for
 */
public record StageSql(SqlTable table) {
    /** The stage's name, as COPY's messages have it. */
    public static final String NAME = "etl_stage";

    static final String STAGE = "pg_temp.\"etl_stage\"";

    /** Creates an empty stage with the target's types and none of its constraints; the transaction's end drops it. */
    public String create() {
        return table.statement(
                        "CREATE TEMPORARY TABLE \"etl_stage\" ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA")
                .sql();
    }

    /** Copies rows into the stage. */
    public String copyInto() {
        return table.statement("COPY {stage} ({columns}) FROM STDIN").sql();
    }

    /** The {@code ctid} of every staged row, in the order in which the rows were copied. */
    public String rows() {
        return "SELECT ctid::text FROM " + STAGE;
    }

    public String drop() {
        return "DROP TABLE " + STAGE;
    }
}
