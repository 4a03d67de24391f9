package io.postgresloader.target;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * Finds a connection pooler that gives each transaction any of its server connections (PgBouncer: {@code pool_mode} is
 * {@code transaction} or {@code statement}). The lock of a table, the settings of the loader's session and the
 * transaction that they belong to would be in different server sessions: locks stay, and tables are not loaded.
 *
 * <p>Without such a pooler, all transactions of one connection run in one server session, and no other open connection
 * uses that session. One observation of the contrary is proof, so that a direct connection or a pooler in session mode is
 * never taken for one in transaction mode. The loader asks twice on one connection and once on another, since a pooler
 * hands out the server connection that it got back last (the second connection gets that of the first) or longest ago (the
 * first connection gets another one, or there is but one for both). It asks some more times because other clients of the
 * pooler may come between. All statements only read, and change no setting of a session.
 */
public final class PoolerCheck {
    private static final int ROUNDS = 10;

    /** A process id is unique on one server at one time; behind the connections can be several servers. */
    private static final String SESSION =
            "SELECT pg_backend_pid(), extract(epoch FROM pg_postmaster_start_time())::text";

    private static final String ADVICE = "; the loader's table locks need a server session for each connection: name"
            + " PostgreSQL itself in the URL, or a pool in session mode (PgBouncer: pool_mode=session)";

    private PoolerCheck() {}

    /** Opens another connection of the kind that is checked. */
    @FunctionalInterface
    public interface Connector {
        /** A connection in autocommit mode, without the settings of the loader's pool. */
        Connection connect() throws SQLException;
    }

    /**
     * Checks for such a pooler.
     *
     * @param first an open connection in autocommit mode, without the settings of the loader's pool: they would stay in
     *     the server sessions that other clients of the pooler get
     * @param connector opens one more connection, only if a pooler answers on the first
     * @return what was found and how to fix it; empty if each connection keeps a server session of its own
     */
    public static Optional<String> problem(Connection first, Connector connector) throws SQLException {
        if (direct(first)) {
            return Optional.empty();
        }
        try (Connection second = connector.connect()) {
            String ofFirst = session(first);
            String ofSecond = session(second);
            for (int round = 0; round < ROUNDS; round++) {
                if (ofFirst.equals(ofSecond)) {
                    return Optional.of("a connection pooler in transaction mode answers there: two open connections"
                            + " shared one server session" + ADVICE);
                }
                if (!session(first).equals(ofFirst)
                        || !session(first).equals(ofFirst)
                        || !session(second).equals(ofSecond)) {
                    return Optional.of("a connection pooler in transaction mode answers there: two transactions of one"
                            + " connection ran in different server sessions" + ADVICE);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Whether the process that answers is the one that the connection got the key for cancel requests from. A pooler gives
     * keys of its own: it has to find out which server process the client's statement runs in at that moment.
     */
    private static boolean direct(Connection connection) throws SQLException {
        return session(connection)
                .startsWith(connection.unwrap(PGConnection.class).getBackendPID() + " ");
    }

    private static String session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SESSION)) {
            row.next();
            return row.getInt(1) + " " + row.getString(2);
        }
    }
}
