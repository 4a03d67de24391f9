package io.postgresloader.doctor;

import io.postgresloader.database.Warehouse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Finds a connection pooler that does not keep one server connection for each session: advisory locks and temporary
 * tables of the loader would be in other sessions. The probe only asks which server process answers.
 */
final class PoolerProbe {
    /** A pooler usually hands out the connection that was used last, so that the first round shows it. */
    private static final int ROUNDS = 5;

    private PoolerProbe() {}

    /** What the probe saw. */
    enum Seen {
        /** The process that answers is the one that accepted the connection. */
        NO_POOLER,
        /** There is a pooler, and each session kept its server process. */
        SESSIONS_KEPT,
        /** Sessions share server processes. */
        SESSIONS_SHARED
    }

    static Finding finding(Warehouse warehouse) {
        try {
            return finding(probe(warehouse));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Finding finding(Seen seen) {
        return switch (seen) {
            case NO_POOLER -> Check.TARGET_POOLER.ok("the connection goes to the server itself");
            case SESSIONS_KEPT -> Check.TARGET_POOLER.ok(
                    "a connection pooler is in front of the server, and keeps a server connection for each session");
            case SESSIONS_SHARED -> Check.TARGET_POOLER.fault("a connection pooler is in front of the server, and gives"
                    + " a session another server connection for each transaction: the loader's locks and stages need"
                    + " one for the whole session; set the pooler to session mode for this role, or name the server"
                    + " itself in TARGET_URL");
        };
    }

    /**
     * Between transactions of one session, another session begins a transaction. Two sessions that are open at the same
     * time have the same process only if a pooler shares it, and so has one session two processes.
     */
    private static Seen probe(Warehouse warehouse) throws SQLException {
        try (Connection one = warehouse.connection();
                Connection other = warehouse.connection()) {
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                rounds.add(round(one, other));
            }
            return seen(one.unwrap(PGConnection.class).getBackendPID(), rounds);
        }
    }

    /**
     * One round.
     *
     * @param one the process of the first session
     * @param other the process of the second, within a transaction that is open
     */
    record Round(int one, int other) {}

    private static Round round(Connection one, Connection other) throws SQLException {
        int first = process(one);
        other.setAutoCommit(false);
        try {
            return new Round(first, process(other));
        } finally {
            other.rollback();
            other.setAutoCommit(true);
        }
    }

    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** @param announced the process that the server named to the first session as it connected; a pooler invents one */
    static Seen seen(int announced, List<Round> rounds) {
        boolean changed = rounds.stream().map(Round::one).distinct().count() > 1
                || rounds.stream().map(Round::other).distinct().count() > 1;
        if (changed || rounds.stream().anyMatch(round -> round.one() == round.other())) {
            return Seen.SESSIONS_SHARED;
        }
        return rounds.stream().allMatch(round -> round.one() == announced) ? Seen.NO_POOLER : Seen.SESSIONS_KEPT;
    }
}
