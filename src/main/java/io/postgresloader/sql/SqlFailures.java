package io.postgresloader.sql;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.springframework.transaction.TransactionSystemException;

/**
 * Finds the kind of a failure from SQLSTATE, vendor code and cause, and describes it without the driver's text, which
 * quotes values of rows. The class of the exception is not used.
 */
public final class SqlFailures {
    /**
     * MySQL: lock wait timeout, deadlock, connection killed, lost connection during a query, too many connections (of
     * all, of one user, of a user with a limit of its own), server shutdown, statement killed or out of time, table
     * altered meanwhile, connection closed by the server as idle.
     */
    private static final Set<Integer> MYSQL_TRANSIENT =
            Set.of(1205, 1213, 1927, 2013, 1040, 1203, 1226, 1053, 1317, 1969, 3024, 1412, 4031);

    /** MySQL: no space is left for a table, an index or a temporary file. */
    private static final int MYSQL_DISK_FULL = 1021;

    private static final String NO_CONNECTION = "no usable connection";

    private static final int SQLSTATE_LENGTH = 5;

    private SqlFailures() {}

    /**
     * The failure behind an exception: the first cause that shows its kind. Some drivers wrap a broken connection in a
     * general error, so that a SQLSTATE without meaning does not end the search. The frames of an exception that no server
     * explains by a SQLSTATE are logged.
     */
    public static Failure of(Throwable thrown) {
        Failure vague = null;
        for (Throwable cause = thrown; cause != null; cause = next(cause)) {
            Failure failure = ofCause(cause);
            if (failure != null && failure.kind() != FailureKind.UNKNOWN) {
                return failure;
            }
            vague = vague == null || vague.sqlState().isEmpty() ? failure : vague;
        }
        // A server that gives a SQLSTATE has said what failed, and the loader's code did not.
        if (vague == null || vague.sqlState().isEmpty()) {
            UnexpectedLog.log(thrown);
        }
        return vague != null ? vague : unexpected(thrown);
    }

    /**
     * The failure behind an exception, for a record of it.
     *
     * @throws LoadFailedException when nothing failed: the work was only asked to stop
     */
    public static Failure toRecord(Throwable thrown) {
        Failure failure = of(thrown);
        if (failure.kind().harmless()) {
            throw new LoadFailedException(failure);
        }
        return failure;
    }

    /**
     * Whether a database cannot be used at all, and not only one of its tables: it is down, refuses the login, has no
     * resources left, or takes no writes.
     */
    public static boolean unusable(Failure failure) {
        if (failure.sqlState().isEmpty()) {
            return failure.message().equals(NO_CONNECTION);
        }
        String state = failure.sqlState().get();
        return switch (state.substring(0, 2)) {
            case "08", "28", "53" -> true;
            case "57" -> state.startsWith("57P");
            default -> state.equals("25006");
        };
    }

    private static Failure ofCause(Throwable cause) {
        if (cause instanceof LoadFailedException ours) {
            return ours.failure();
        }
        if (cause instanceof SQLException sql) {
            return sql.getSQLState() == null ? noAnswer(sql) : answer(sql);
        }
        return cause instanceof IOException
                ? new Failure(FailureKind.TRANSIENT, Optional.empty(), "input or output failed")
                : null;
    }

    /** The drivers give states of other lengths for errors that they do not know; such a state has no meaning. */
    private static Failure answer(SQLException sql) {
        if (sql.getSQLState().length() != SQLSTATE_LENGTH) {
            return new Failure(FailureKind.UNKNOWN, Optional.empty(), "the database or its driver reported an error");
        }
        if (DamagedTables.shownBy(sql)) {
            return new Failure(FailureKind.SCHEMA, Optional.of(sql.getSQLState()), DamagedTables.MESSAGE);
        }
        Failure failure = of(sql.getSQLState(), sql.getErrorCode());
        return FunctionContext.advice(sql)
                .map(advice -> new Failure(failure.kind(), failure.sqlState(), failure.message() + advice))
                .orElse(failure);
    }

    /** No server answered: the pool had no connection, or a broken one was used again. */
    private static Failure noAnswer(SQLException thrown) {
        return thrown.getCause() == null ? new Failure(FailureKind.TRANSIENT, Optional.empty(), NO_CONNECTION) : null;
    }

    private static Failure unexpected(Throwable thrown) {
        String what = root(thrown).getClass().getSimpleName();
        return new Failure(FailureKind.UNKNOWN, Optional.empty(), "unexpected " + what);
    }

    /**
     * @param sqlState the SQLSTATE, five characters
     * @param vendorCode MySQL's error number; 0 for PostgreSQL
     */
    static Failure of(String sqlState, int vendorCode) {
        if (vendorCode == MYSQL_DISK_FULL) {
            return new Failure(FailureKind.TRANSIENT, Optional.of(sqlState), "the disk of the source is full");
        }
        FailureKind kind = MYSQL_TRANSIENT.contains(vendorCode) ? FailureKind.TRANSIENT : kind(sqlState);
        return new Failure(kind, Optional.of(sqlState), SqlStates.words(sqlState));
    }

    private static FailureKind kind(String sqlState) {
        return switch (sqlState.substring(0, 2)) {
            case "08", "53", "57" -> FailureKind.TRANSIENT;
                // P0: what PL/pgSQL raises, such as a trigger that checks rows.
            case "22", "23", "P0" -> FailureKind.ROW_DATA;
            case "42", "3F", "3D" -> FailureKind.SCHEMA;
            default -> switch (sqlState) {
                case "40001", "40P01", "55P03", "25006" -> FailureKind.TRANSIENT;
                case "54000" -> FailureKind.ROW_DATA;
                case "21000" -> FailureKind.SCHEMA;
                default -> FailureKind.UNKNOWN;
            };
        };
    }

    /** A rollback that fails on a broken connection hides the failure that called for it. */
    static Throwable next(Throwable cause) {
        if (cause instanceof TransactionSystemException rollback && rollback.getApplicationException() != null) {
            return rollback.getApplicationException();
        }
        return cause.getCause() == cause ? null : cause.getCause();
    }

    static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (next(root) != null) {
            root = next(root);
        }
        return root;
    }
}
