package io.postgresloader.testing;

import java.util.List;

/**
 * A column of a source table, as the server itself declares it.
 *
 * @param type its data type, e.g. {@code varchar}
 * @param declared its whole type, e.g. {@code tinyint(3) unsigned}
 * @param characters the most characters of a text or bytes of a binary value; 0 for other types
 * @param bytes the most bytes of either
 * @param hasDefault whether a default is declared
 * @param key whether it is part of the primary key
 */
public record SourceColumn(
        String name,
        String type,
        String declared,
        long characters,
        long bytes,
        boolean nullable,
        boolean hasDefault,
        boolean key) {

    /** The columns of a table in their order. */
    public static List<SourceColumn> of(Database source, String table) {
        return source
                .rows("SELECT column_name, data_type, column_type, COALESCE(character_maximum_length, 0),"
                        + " COALESCE(character_octet_length, 0), is_nullable = 'YES',"
                        + " column_default IS NOT NULL, column_key = 'PRI'"
                        + " FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '"
                        + table + "' ORDER BY ordinal_position")
                .stream()
                .map(row -> row.split("\\|"))
                .map(cell -> new SourceColumn(
                        cell[0],
                        cell[1],
                        cell[2],
                        Long.parseLong(cell[3]),
                        Long.parseLong(cell[4]),
                        cell[5].equals("1"),
                        cell[6].equals("1"),
                        cell[7].equals("1")))
                .toList();
    }

    public boolean unsigned() {
        return declared.endsWith("unsigned");
    }

    /** Whether it holds a day, so that it can hold a zero date. */
    public boolean dated() {
        return type.equals("date") || type.equals("datetime") || type.equals("timestamp");
    }
}
