package io.postgresloader.sql;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognizes errors of MySQL and MariaDB which mean that the files of a table are damaged or lost. */
final class DamagedTables {
    static final String MESSAGE = "the table or its index is damaged in the source; run CHECK TABLE there, and make"
            + " a copy of its files before REPAIR TABLE, which keeps only the rows that it can read";

    /**
     * The index or the table is corrupt, must be repaired, or its last repair failed; a file of it is missing or not one
     * of a table; its tablespace was discarded or is missing; the engine does not know it.
     */
    private static final Set<Integer> DAMAGED =
            Set.of(29, 1017, 1033, 1034, 1035, 1194, 1195, 1712, 1812, 1814, 1877, 1932);

    /** Errors of storage engines, which MariaDB passes on: corrupt index, row or file, crashed table, file too short. */
    private static final Set<Integer> OF_ENGINES = Set.of(126, 127, 130, 144, 145, 175, 176, 180);

    /** A file cannot be opened, or the engine reports an error: the message has the engine's number. */
    private static final Set<Integer> WITH_NUMBER = Set.of(1016, 1030);

    private static final Pattern NUMBER = Pattern.compile("(?<=[ '(])\\d{2,3}(?=[ '\")])");

    private DamagedTables() {}

    static boolean shownBy(SQLException thrown) {
        int code = thrown.getErrorCode();
        return DAMAGED.contains(code)
                || OF_ENGINES.contains(code)
                || WITH_NUMBER.contains(code) && OF_ENGINES.contains(number(String.valueOf(thrown.getMessage())));
    }

    /** The first number of a message, whatever its language. */
    private static int number(String message) {
        Matcher number = NUMBER.matcher(message);
        return number.find() ? Integer.parseInt(number.group()) : 0;
    }
}
