package io.postgresloader.sql;

import java.util.stream.Collectors;

/**
 * The statements that make a table without a key equal to a stage. Rows are told apart by a digest of their image; of
 * rows that are the same, the first, the second and so on are told apart by their number. A row's place is its
 * partition and its place there.
 *
 * @param upsert the statements that fill the stage
 */
public record ReplaceSql(UpsertSql upsert) {
    private static final String STAGED = "pg_temp.\"etl_stage\"";

    /**
     * Deletes what the stage does not have, inserts what the table does not have, and returns one row: inserted, deleted.
     * Both parts see the table as it was before, and readers see it as it was until the transaction ends.
     */
    public String replace() {
        return """
                %1$s, gone AS (
                  DELETE FROM %2$s t USING present p WHERE t.tableoid = p.part AND t.ctid = p.id
                    AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.image = p.image AND s.number = p.number)
                  RETURNING 1
                ), come AS (
                  INSERT INTO %2$s (%3$s)
                  SELECT %3$s FROM %4$s s WHERE s.ctid IN (SELECT s.id FROM staged s
                    WHERE NOT EXISTS (SELECT 1 FROM present p WHERE p.image = s.image AND p.number = s.number))
                  RETURNING 1
                )
                SELECT (SELECT count(*) FROM come), (SELECT count(*) FROM gone)"""
                .formatted(images(), target(), Identifiers.postgresList(upsert.columns()), STAGED);
    }

    /** Returns one row: rows that both have, that only the stage has, that only the table has. */
    public String compare() {
        return images()
                + """

                SELECT count(*) FILTER (WHERE s.number IS NOT NULL AND p.number IS NOT NULL),
                  count(*) FILTER (WHERE p.number IS NULL), count(*) FILTER (WHERE s.number IS NULL)
                FROM staged s FULL JOIN present p ON p.image = s.image AND p.number = s.number""";
    }

    private String images() {
        return "WITH staged AS (" + images(STAGED) + "), present AS (" + images(target()) + ")";
    }

    private String images(String table) {
        String row = upsert.columns().stream()
                .map(column -> "r." + Identifiers.postgres(column))
                .collect(Collectors.joining(", "));
        return "SELECT part, id, image, row_number() OVER (PARTITION BY image ORDER BY part, id) AS number FROM"
                + " (SELECT r.tableoid AS part, r.ctid AS id, sha256(convert_to(ROW(" + row
                + ")::text, 'UTF8')) AS image FROM " + table
                + " r) i";
    }

    private String target() {
        return Identifiers.postgres(upsert.schema(), upsert.table());
    }
}
