package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.sql.Identifiers;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds out why {@code information_schema} does not list a table or a column: it lists only what the user has a right
 * to. The server itself distinguishes the two, by the error of a statement that reads no row.
 */
final class SourceRights {
    private static final int TABLE_DENIED = 1142;
    private static final int COLUMN_DENIED = 1143;

    /** No name of a column ends with a space. */
    private static final String NO_COLUMN = "` `";

    private final JdbcClient source;

    SourceRights(Source source) {
        this.source = source.jdbc();
    }

    /**
     * The statement that gives the user the right to read a table. Empty: the user has it, or the table does not exist.
     * To a user without a right to the whole database, the server does not say whether a table exists.
     */
    Optional<String> missingFor(String table) {
        return error("1", table) == TABLE_DENIED ? Optional.of("GRANT SELECT ON " + names(table)) : Optional.empty();
    }

    /**
     * The statement that gives the user the right to read a column. Empty: the user has it, or there is no such column.
     * To a user without a right to the whole table, MySQL does not say whether a column exists; a column that does not
     * exist is then among the answers if the user may not read all columns.
     */
    Optional<String> missingFor(String table, String column) {
        String quoted = Identifiers.mysql(column);
        boolean missing = error(quoted, table) == COLUMN_DENIED && (saysWhatExists(table) || denied(table));
        return missing ? Optional.of("GRANT SELECT (" + quoted + ") ON " + names(table)) : Optional.empty();
    }

    /** Whether the server says that a column does not exist: MariaDB does, MySQL only to users who may read all columns. */
    private boolean saysWhatExists(String table) {
        return error(NO_COLUMN, table) != COLUMN_DENIED;
    }

    /** The columns of a table that the user may not read; empty: it may read all. */
    Optional<HiddenColumns> hidden(String table) {
        return denied(table)
                ? Optional.of(HiddenColumns.of("GRANT SELECT ON " + names(table), positions(table)))
                : Optional.empty();
    }

    /** Whether the user may not read all columns of a table. The server does not say which. */
    private boolean denied(String table) {
        int error = error("*", table);
        return error == TABLE_DENIED || error == COLUMN_DENIED;
    }

    /** The columns that the user may read, by their positions. */
    private SortedMap<Integer, String> positions(String table) {
        SortedMap<Integer, String> positions = new TreeMap<>();
        source.sql("SELECT ordinal_position, column_name FROM information_schema.columns"
                        + " WHERE table_schema = DATABASE() AND table_name = ?")
                .param(table)
                .query(row -> {
                    positions.put(row.getInt(1), row.getString(2));
                });
        return positions;
    }

    /** The server's error number; 0: none. */
    private int error(String selected, String table) {
        try {
            source.sql("SELECT " + selected + " FROM " + Identifiers.mysql(table) + " LIMIT 0")
                    .query()
                    .listOfRows();
            return 0;
        } catch (DataAccessException e) {
            if (e.getCause() instanceof SQLException answer && answer.getErrorCode() != 0) {
                return answer.getErrorCode();
            }
            throw e;
        }
    }

    /** Table and user, as a GRANT names them. */
    private String names(String table) {
        return source.sql("SELECT DATABASE(), CURRENT_USER()")
                .query((row, number) -> {
                    String user = row.getString(2);
                    int at = user.lastIndexOf('@');
                    return Identifiers.mysql(row.getString(1)) + "." + Identifiers.mysql(table) + " TO '"
                            + user.substring(0, at) + "'@'" + user.substring(at + 1) + "'";
                })
                .single();
    }
}
