package io.postgresloader.sql;

import java.util.stream.Collectors;

/**
 * The statements that make a table without a key equal to a stage. A digest of its image identifies a row; rows with the
 * same image are numbered. A row's place is its partition and its place there.
 *
 * @param table the target table
 */
public record ReplaceSql(SqlTable table) {

    /**
     * Deletes what the stage does not have, inserts what the table does not have, and returns one row: inserted, deleted.
     * Both parts see the table before the statement, and other sessions see it so until the transaction ends.
     */
    public String replace() {
        return table.statement(
                        """
                        {images}, deleted AS (
                          DELETE FROM {table} t USING present p WHERE t.tableoid = p.part AND t.ctid = p.id
                            AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.image = p.image AND s.number = p.number)
                          RETURNING 1
                        ), inserted AS (
                          INSERT INTO {table} ({columns}{more.columns})
                          SELECT {columns}{more.values} FROM {stage} s WHERE s.ctid IN (SELECT s.id FROM staged s
                            WHERE NOT EXISTS (SELECT 1 FROM present p WHERE p.image = s.image AND p.number = s.number))
                          RETURNING 1
                        )
                        SELECT (SELECT count(*) FROM inserted), (SELECT count(*) FROM deleted)""")
                .with("images", images())
                .sql();
    }

    /** Returns one row: rows that both have, that only the stage has, that only the table has. */
    public String compare() {
        return table.statement(
                        """
                        {images}
                        SELECT count(*) FILTER (WHERE s.number IS NOT NULL AND p.number IS NOT NULL),
                          count(*) FILTER (WHERE p.number IS NULL), count(*) FILTER (WHERE s.number IS NULL)
                        FROM staged s FULL JOIN present p ON p.image = s.image AND p.number = s.number""")
                .with("images", images())
                .sql();
    }

    private String images() {
        return "WITH staged AS (" + images(StageSql.STAGE) + "), present AS (" + images(table.quoted()) + ")";
    }

    private String images(String of) {
        String row = table.columns().stream()
                .map(c -> "r." + Identifiers.postgres(c))
                .collect(Collectors.joining(", "));
        return SqlTemplate.of(
                        "SELECT part, id, image, row_number() OVER (PARTITION BY image ORDER BY part, id) AS number"
                                + " FROM (SELECT r.tableoid AS part, r.ctid AS id,"
                                + " sha256(convert_to(ROW({row})::text, 'UTF8')) AS image FROM {rows} r) i")
                .with("row", row)
                .with("rows", of)
                .sql();
    }
}
