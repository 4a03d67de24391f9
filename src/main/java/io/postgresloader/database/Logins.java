package io.postgresloader.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens connections with the name and the password that are valid now: they may come from files that are changed while
 * the loader runs. After a refused login, the same name and password are tried again with back-off, since a server may
 * lock an account after some refusals; others are tried at once.
 */
public final class Logins extends AbstractDataSource {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** MySQL: access denied for this user and password. */
    private static final int ACCESS_DENIED = 1045;

    private final DataSource connections;
    private final Supplier<String> user;
    private final Supplier<String> password;
    private final Supplier<Duration> clock;
    private volatile Refusal refusal;

    /**
     * A login that the server refused.
     *
     * @param state the SQLSTATE
     * @param code the server's error number; 0 for PostgreSQL
     * @param pause how long the same login is not tried
     * @param at when it was refused, as a reading of the clock
     */
    private record Refusal(String user, String password, String state, int code, Duration pause, Duration at) {
        boolean of(String otherUser, String otherPassword) {
            return user.equals(otherUser) && password.equals(otherPassword);
        }

        @Override
        public String toString() {
            return "SQLSTATE " + state;
        }
    }

    /**
     * @param connections opens a connection with a name and a password
     * @param user supplies the login name that is valid now
     * @param password supplies its password
     */
    public Logins(DataSource connections, Supplier<String> user, Supplier<String> password) {
        this(connections, user, password, () -> Duration.ofNanos(System.nanoTime()));
    }

    /** @param clock readings that only grow */
    Logins(DataSource connections, Supplier<String> user, Supplier<String> password, Supplier<Duration> clock) {
        this.connections = connections;
        this.user = user;
        this.password = password;
        this.clock = clock;
    }

    /** Whether the server refused the last login of a pool's connections. */
    public static boolean refused(DataSource pool) {
        try {
            return pool.isWrapperFor(Logins.class) && pool.unwrap(Logins.class).refusal != null;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whether a server does not accept name or password. */
    public static boolean isRefusal(SQLException thrown) {
        String state = thrown.getSQLState() == null ? "" : thrown.getSQLState();
        // 08004 without a code: the server asked PostgreSQL's driver for a password, and none is set.
        return state.startsWith("28")
                || thrown.getErrorCode() == ACCESS_DENIED
                || state.equals("08004") && thrown.getErrorCode() == 0;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return getConnection(user.get(), password.get());
    }

    @Override
    public Connection getConnection(String name, String secret) throws SQLException {
        Refusal before = refusal;
        boolean again = before != null && before.of(name, secret);
        if (again && clock.get().minus(before.at()).compareTo(before.pause()) < 0) {
            throw new SQLException("login refused; not tried again yet", before.state(), before.code());
        }
        try {
            Connection connection = connections.getConnection(name, secret);
            refusal = null;
            return connection;
        } catch (SQLException e) {
            Duration pause = again ? shorter(before.pause().multipliedBy(2), LONGEST_PAUSE) : FIRST_PAUSE;
            refusal = isRefusal(e)
                    ? new Refusal(name, secret, e.getSQLState(), e.getErrorCode(), pause, clock.get())
                    : null;
            throw e;
        }
    }

    /** The properties of the connections limit how long a login may take. */
    @Override
    public void setLoginTimeout(int seconds) {}

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
