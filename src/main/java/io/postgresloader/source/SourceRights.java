package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.sql.Identifiers;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds out why {@code information_schema} does not list a table or a column: it lists only what the user has a right
 * to. The server itself distinguishes the two, by the error of a statement that reads no row.
 */
final class SourceRights {
    private static final int TABLE_DENIED = 1142;
    private static final int COLUMN_DENIED = 1143;

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

    /** The statement that gives the user the right to read a column. Empty: the user has it, or there is no such column. */
    Optional<String> missingFor(String table, String column) {
        String quoted = Identifiers.mysql(column);
        return error(quoted, table) == COLUMN_DENIED
                ? Optional.of("GRANT SELECT (" + quoted + ") ON " + names(table))
                : Optional.empty();
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
