package io.postgresloader.sql;

/**
 * The statement that finds keys which the source distinguishes and the unique index of the target does not, such as
 * {@code abc} and {@code ABC} of a column of type citext.
 *
 * @param table the target table
 */
public record SpellingSql(SqlTable table) {

    /**
     * The {@code ctid} of every staged row whose key the target has in another spelling, with that spelling as text. Of
     * staged rows that have one key which the target does not have, all but the first, with NULLs.
     */
    public String others() {
        return table.statement(
                        """
                        SELECT s.place::text, {t.key.text} FROM (
                          SELECT s.ctid AS place, {s.key},
                            row_number() OVER (PARTITION BY {s.key} ORDER BY s.ctid) AS number
                          FROM {stage} s
                        ) s LEFT JOIN {table} t ON {sameKey}
                        WHERE t.ctid IS NULL AND s.number > 1
                          OR t.ctid IS NOT NULL AND ROW({s.key})::record *<> ROW({t.key})::record""")
                .sql();
    }
}
