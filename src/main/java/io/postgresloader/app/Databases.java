package io.postgresloader.app;

import com.zaxxer.hikari.HikariDataSource;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.settings.Tls;
import io.postgresloader.config.settings.TlsMode;
import io.postgresloader.database.Source;
import io.postgresloader.database.Warehouse;
import io.postgresloader.source.SourceDatabase;
import io.postgresloader.target.TargetDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** The two pools, opened together and closed together. */
final class Databases implements AutoCloseable {
    private final Settings settings;
    private final HikariDataSource source;
    private final HikariDataSource target;

    private Databases(Settings settings, HikariDataSource source, HikariDataSource target) {
        this.settings = settings;
        this.source = source;
        this.target = target;
    }

    /**
     * Opens both pools and makes sure that both databases answer.
     *
     * @throws UnreachableException when one does not
     */
    static Databases open(Settings settings) {
        // Each worker pulls on one connection and asks on another; in the target it writes on one and holds its
        // table's lock on another. A comparison reads pages and single rows of the source at once, and likewise of the
        // target, and one more serves what is neither.
        Databases databases = new Databases(
                settings,
                SourceDatabase.open(
                        settings.source(),
                        2 * settings.loading().workers() + 3,
                        settings.loading().networkTimeout()),
                TargetDatabase.open(
                        settings.target(),
                        3 * settings.loading().workers() + 4,
                        settings.loading().networkTimeout()));
        try {
            require("source", settings.source(), databases.source);
            require("target", settings.target(), databases.target);
            return databases;
        } catch (RuntimeException e) {
            databases.close();
            throw e;
        }
    }

    /**
     * Opens both pools and makes sure that the target answers; the source is not asked.
     *
     * @throws UnreachableException when the target does not
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
     * Opens both pools and makes sure that the source answers; the target is not asked.
     *
     * @throws UnreachableException when the source does not
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

    /** Why the source cannot be used now; empty: it answers. */
    Optional<String> sourceSilence() {
        try {
            require("source", settings.source(), source);
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
        source.close();
        target.close();
    }

    /** Asks once and past the pool, which would try again for seconds before it tells what is wrong. */
    private static void require(String name, Settings.Connection settings, HikariDataSource pool) {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        try (Connection connection = DriverManager.getConnection(settings.url(), properties)) {
            connection.isValid(5);
        } catch (SQLException e) {
            throw new UnreachableException("the " + name + " database " + settings.url() + " cannot be used: "
                    + reason(e, name, settings.tls()));
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
            // 08004 without a code: PostgreSQL's driver was asked for a password and has none.
            if (state.startsWith("28") || code == 1045 || state.equals("08004") && code == 0) {
                return "the login was refused (SQLSTATE " + state + "); check " + prefix + "_USER and " + prefix
                        + "_PASSWORD" + withoutTls(prefix, tls);
            }
            if (state.equals("3D000") || code == 1049) {
                return "there is no database of that name (SQLSTATE " + state + "); check " + prefix + "_URL";
            }
            if (code == 1044) {
                return "the user has no right to use this database (SQLSTATE " + state + "); check its grants";
            }
            // Only a server has codes, or states that are not about the connection.
            if (code != 0 || !state.isEmpty() && !state.startsWith("08")) {
                return "a server answers there, but gives no connection (" + spoken(state, code) + "); see its log for"
                        + " the reason, such as too many connections, a locked account, or a start that is not over";
            }
        }
        return "no server answers there; check that it runs and that " + prefix + "_URL names its host and port";
    }

    private static String spoken(String state, int code) {
        return "SQLSTATE " + state + (code == 0 ? "" : ", error " + code);
    }

    /** A server that wants TLS of some users only refuses the others like wrong ones. */
    private static String withoutTls(String prefix, Tls tls) {
        return tls.mode().equals(Optional.of(TlsMode.DISABLE))
                ? ", and whether the server takes this user without TLS, as " + prefix + "_TLS_MODE says"
                : "";
    }
}
