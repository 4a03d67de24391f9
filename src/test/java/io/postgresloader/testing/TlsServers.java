package io.postgresloader.testing;

import static org.awaitility.Awaitility.await;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.demo.server.SourceServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** A MariaDB and a PostgreSQL that take no connection without TLS; what they show of themselves can be changed. */
public final class TlsServers {
    private final Path certificate;
    private final Path key;
    private final SourceServer mariaDb;
    private final EmbeddedPostgresServer postgres;
    /** Kept open: MySQL's driver connects to no server whose certificate is out of date. */
    private final Connection toMariaDb;

    private CertificateAuthority.Identity shown;

    /**
     * Starts both; they end with the test's Java, like all of {@link TestServers}.
     *
     * @param directory for the certificate that they show
     */
    public TlsServers(Path directory, CertificateAuthority.Identity identity) {
        certificate = directory.toAbsolutePath().resolve("shown.pem");
        key = directory.toAbsolutePath().resolve("shown.key");
        copy(identity);
        shown = identity;
        mariaDb = TestServers.startSource(
                "UTC0", List.of("--ssl-cert=" + certificate, "--ssl-key=" + key, "--require-secure-transport=ON"));
        postgres = TestServers.startPostgres(Map.of());
        try {
            toMariaDb = new Database(mariaDb.jdbcUrl(""), SourceServer.WRITER, SourceServer.PASSWORD).connect();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        onlyTlsToPostgres();
    }

    public SourceServer mariaDb() {
        return mariaDb;
    }

    public EmbeddedPostgresServer postgres() {
        return postgres;
    }

    /** Has both show this certificate from now on. */
    public void show(CertificateAuthority.Identity identity) {
        if (shown.equals(identity)) {
            return;
        }
        copy(identity);
        try (Statement statement = toMariaDb.createStatement()) {
            statement.execute("FLUSH SSL");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        reload(
                "ssl_cert_file",
                identity.certificate().toString(),
                "ssl_key_file",
                identity.key().toString());
        shown = identity;
    }

    private void onlyTlsToPostgres() {
        Path rules = Path.of(asAdministrator().value("SHOW data_directory")).resolve("pg_hba.conf");
        try {
            Files.writeString(rules, "hostssl all all 127.0.0.1/32 trust\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reload(
                "ssl_cert_file",
                shown.certificate().toString(),
                "ssl_key_file",
                shown.key().toString(),
                "ssl",
                "on");
    }

    /** Sets these, and waits until new connections have them; by then the rules for logins are read as well. */
    private void reload(String... namesAndValues) {
        Database server = asAdministrator();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            server.execute("ALTER SYSTEM SET " + namesAndValues[i] + " = '" + namesAndValues[i + 1] + "'");
        }
        server.execute("SELECT pg_reload_conf()");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = namesAndValues[i];
            String value = namesAndValues[i + 1];
            await().until(() -> server.value("SHOW " + name).equals(value));
        }
    }

    private Database asAdministrator() {
        return new Database(postgres.jdbcUrl("postgres"), EmbeddedPostgresServer.USER, "");
    }

    private void copy(CertificateAuthority.Identity identity) {
        try {
            Files.copy(identity.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(identity.key(), key, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
