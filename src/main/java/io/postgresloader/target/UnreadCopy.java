package io.postgresloader.target;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.copy.CopyOut;

/**
 * A COPY whose rows were not read to the end. To cancel it, the driver sends a request on another connection, which may
 * arrive late: then it cancels the next statement of this connection, or the answer to it is taken for that of the next
 * statement. So the connection is ended instead.
 */
final class UnreadCopy {
    private UnreadCopy() {}

    /**
     * Ends the connection if rows of the COPY are left, so that no pool keeps it.
     *
     * @return whether it was ended
     */
    static boolean discard(CopyOut copy, Connection connection) throws SQLException {
        if (!copy.isActive()) {
            return false;
        }
        connection.abort(Runnable::run);
        try {
            connection.close();
        } catch (SQLException closed) {
            // A pool rolls back what was not committed; this connection cannot.
        }
        return true;
    }
}
