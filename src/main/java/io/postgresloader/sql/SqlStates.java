package io.postgresloader.sql;

import java.util.Map;

/** What a SQLSTATE means, in words that users and their queries look for. */
final class SqlStates {
    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry("23505", "duplicate key: the value violates a unique constraint"),
            Map.entry("23502", "NULL in a column that must not be null"),
            Map.entry("23503", "a foreign key has no matching row"),
            Map.entry("23514", "the row violates a check constraint"),
            Map.entry("22001", "the value is longer than the column"),
            Map.entry("22003", "the number is out of the column's range"),
            Map.entry("22007", "not a valid date or time"),
            Map.entry("22008", "the date or time is out of range"),
            Map.entry("22021", "the text is not valid in the target's encoding"),
            Map.entry("22P02", "the text cannot be read as the column's type"),
            Map.entry("22P05", "the character has no equivalent in the target's encoding"),
            Map.entry("0A000", "the server does not support the statement for this table"),
            Map.entry("2BP01", "another object, such as a view, depends on it"),
            Map.entry("40P01", "deadlock"),
            Map.entry("42P01", "the table does not exist"),
            Map.entry("42S02", "the table does not exist"),
            Map.entry("42703", "the column does not exist"),
            Map.entry("42S22", "the column does not exist"),
            Map.entry("42501", "the user has no right to do this; see the grants"),
            Map.entry("54000", "the row is too large for a limit of the server"),
            Map.entry("53100", "the disk of the target is full"),
            Map.entry("55P03", "a lock could not be had in time"),
            Map.entry(
                    "21000", "two rows of the source have one key in the target, whose type does not distinguish them"),
            Map.entry("25006", "the server is read-only"));

    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("08", "the connection failed"),
            Map.entry("22", "the value does not fit the column"),
            Map.entry("23", "the row violates a constraint"),
            Map.entry("28", "authentication failed"),
            Map.entry("40", "the transaction was rolled back"),
            Map.entry("42", "a table, column or right is not as expected"),
            Map.entry("53", "the server is out of resources"),
            Map.entry("54", "a limit of the server was exceeded"),
            Map.entry("57", "the server was stopped or the statement was cancelled"),
            Map.entry("58", "the server's system failed"),
            Map.entry("P0", "a function of the target raised an error"));

    private SqlStates() {}

    static String words(String sqlState) {
        String words = STATES.get(sqlState);
        return words != null ? words : CLASSES.getOrDefault(sqlState.substring(0, 2), "the database reported an error");
    }
}
