package io.postgresloader.app;

import com.zaxxer.hikari.HikariDataSource;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.settings.Tls;
import io.postgresloader.config.settings.TlsMode;
import io.postgresloader.database.Logins;
import io.postgresloader.database.Source;
import io.postgresloader.database.Warehouse;
import io.postgresloader.source.SourceDatabase;
import io.postgresloader.target.PoolerCheck;
import io.postgresloader.target.TargetDatabase;
import io.postgresloader.target.WriteProtection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** The connection pools of source and target, opened and closed together. */
final class Databases implements AutoCloseable {
    private final Settings settings;
    private final HikariDataSource source;
    private final HikariDataSource target;
    private CommitWatch watch;

    private Databases(Settings settings, HikariDataSource source, HikariDataSource target) {
        this.settings = settings;
        this.source = source;
        this.target = target;
    }

    /**
     * Opens both pools and checks that both databases accept connections.
     *
     * @throws UnreachableException if one of them does not
     */
    static Databases open(Settings settings) {
        Databases databases = notContacted(settings);
        try {
            databases.connect();
            return databases;
        } catch (RuntimeException e) {
            databases.close();
            throw e;
        }
    }

    /** Opens both pools, for {@link #connect} to check the databases before anything else uses them. */
    static Databases notContacted(Settings settings) {
        // In the source, each worker streams rows on one connection and queries on another. In the target, it writes on
        // one and holds the table's lock on another. A comparison reads pages and single rows on both sides at the same
        // time. One more connection serves everything else.
        return new Databases(
                settings,
                SourceDatabase.open(
                        settings.source(),
                        settings.loading().sourceConnections(),
                        settings.loading().networkTimeout()),
                TargetDatabase.open(
                        settings.target(),
                        settings.loading().targetConnections(),
                        settings.loading().networkTimeout()));
    }

    /**
     * Checks that both databases accept connections, and begins to watch the commits of the target.
     *
     * @throws UnreachableException if one of them does not
     */
    void connect() {
        require("source", settings.source(), source);
        require("target", settings.target(), target);
        watch = CommitWatch.start(target, warehouse());
    }

    /**
     * Opens both pools and checks that the target accepts connections. The source is not contacted.
     *
     * @throws UnreachableException if the target does not
     */
    static Databases openTarget(Settings settings) {
        Databases databases = new Databases(
                settings,
                SourceDatabase.open(settings.source(), 1, settings.loading().networkTimeout()),
                TargetDatabase.open(settings.target(), 1, settings.loading().networkTimeout()));
        try {
            require("target", settings.target(), databases.target);
            return databases;
        } catch (RuntimeException e) {
            databases.close();
            throw e;
        }
    }

    /**
     * Opens both pools and checks that the source accepts connections. The target is not contacted.
     *
     * @throws UnreachableException if the source does not
     */
    static Databases openSource(Settings settings) {
        Databases databases = new Databases(
                settings,
                SourceDatabase.open(settings.source(), 2, settings.loading().networkTimeout()),
                TargetDatabase.open(settings.target(), 1, settings.loading().networkTimeout()));
        try {
            require("source", settings.source(), databases.source);
            return databases;
        } catch (RuntimeException e) {
            databases.close();
            throw e;
        }
    }

    /**
     * Checks that the target takes writes.
     *
     * @throws UnreachableException if it does not: it is a standby, or its sessions are read-only
     */
    void requireWritable() {
        WriteProtection.of(warehouse()).ifPresent(obstacle -> {
            throw new UnreachableException(
                    "target", "the target database " + settings.target().url() + " cannot be used: " + obstacle);
        });
    }

    /** Opens both pools. Neither database is contacted. */
    static Databases unchecked(Settings settings) {
        return new Databases(
                settings,
                SourceDatabase.open(settings.source(), 2, settings.loading().networkTimeout()),
                TargetDatabase.open(settings.target(), 2, settings.loading().networkTimeout()));
    }

    /** Why the source is not available now; empty if it accepts connections. */
    Optional<String> sourceSilence() {
        return silence("source", settings.source(), source);
    }

    /** Why the target is not available now; empty if it accepts connections. */
    Optional<String> targetSilence() {
        return silence("target", settings.target(), target);
    }

    private static Optional<String> silence(String name, Settings.Connection settings, HikariDataSource pool) {
        try {
            require(name, settings, pool);
            return Optional.empty();
        } catch (UnreachableException e) {
            return Optional.of(e.getMessage());
        }
    }

    Source source() {
        return new Source(source, settings.sourceTimeZone());
    }

    Warehouse warehouse() {
        return new Warehouse(target, settings.targetSchema());
    }

    HikariDataSource sourcePool() {
        return source;
    }

    HikariDataSource targetPool() {
        return target;
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        source.close();
        target.close();
    }

    /** Connects once, without the pool: the pool would retry for seconds before it reports the error. */
    private static void require(String name, Settings.Connection settings, HikariDataSource pool) {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.setProperty("user", settings.userNow());
        properties.setProperty("password", settings.passwordNow());
        PoolerCheck.Connector connector = () -> DriverManager.getConnection(settings.url(), properties);
        try (Connection connection = connector.connect()) {
            connection.isValid(5);
            if (name.equals("target")) {
                requireSessions(settings, connection, connector);
            }
        } catch (SQLException e) {
            throw new UnreachableException(
                    name,
                    "the " + name + " database " + settings.url() + " is not available: "
                            + reason(e, name, settings.tls()));
        }
    }

    /** Before the pool opens connections: behind such a pooler, its settings would reach other programs' sessions. */
    private static void requireSessions(Settings.Connection settings, Connection first, PoolerCheck.Connector connector)
            throws SQLException {
        Optional<String> problem = PoolerCheck.problem(first, connector);
        if (problem.isPresent()) {
            throw UnreachableException.lasting(
                    "target", "the target database " + settings.url() + " cannot be used: " + problem.get());
        }
    }

    private static String reason(SQLException thrown, String name, Tls tls) {
        String prefix = name.toUpperCase(Locale.ROOT);
        return TlsReason.of(thrown, prefix).orElseGet(() -> reasonBesidesTls(thrown, prefix, tls));
    }

    private static String reasonBesidesTls(SQLException thrown, String prefix, Tls tls) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String state = cause instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
            int code = cause instanceof SQLException sql ? sql.getErrorCode() : 0;
            if (cause instanceof SQLException sql && Logins.isRefusal(sql)) {
                return "authentication failed (SQLSTATE " + state + "); check " + prefix + "_USER and " + prefix
                        + "_PASSWORD" + withoutTls(prefix, tls);
            }
            if (state.equals("3D000") || code == 1049) {
                return "the database does not exist (SQLSTATE " + state + "); check " + prefix + "_URL";
            }
            if (code == 1044) {
                return "the user has no access to this database (SQLSTATE " + state + "); check its grants";
            }
            // Error codes, and states outside class 08, come from a server: so a server is running.
            if (code != 0 || !state.isEmpty() && !state.startsWith("08")) {
                return "the server did not accept the connection (" + spoken(state, code) + "); see the server's"
                        + " log: possible reasons are too many connections, a locked account, or a server that is"
                        + " still starting";
            }
        }
        return "no server answered; check that it is running and that " + prefix + "_URL names its host and port";
    }

    private static String spoken(String state, int code) {
        return "SQLSTATE " + state + (code == 0 ? "" : ", error " + code);
    }

    /** A server that requires TLS for this user reports a connection without TLS as a failed authentication. */
    private static String withoutTls(String prefix, Tls tls) {
        return tls.mode().equals(Optional.of(TlsMode.DISABLE))
                ? ", and whether the server requires TLS for this user, which " + prefix + "_TLS_MODE turns off"
                : "";
    }
}
