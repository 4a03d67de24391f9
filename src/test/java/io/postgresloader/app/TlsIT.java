package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.app.demo.EmbeddedMariaDb;
import io.postgresloader.app.demo.EmbeddedPostgresServer;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.TestCertificates;
import io.postgresloader.testing.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encrypted connections to servers with certificates of an authority that nobody else knows. */
class TlsIT {
    @TempDir
    static Path directory;

    private static TestCertificates certificates;
    private static EmbeddedMariaDb mariaDb;
    private static EmbeddedMariaDb misnamedMariaDb;
    private static EmbeddedPostgresServer postgres;
    private static EmbeddedPostgresServer misnamedPostgres;

    private LoaderFixture fixture;

    @BeforeAll
    static void servers() {
        certificates = new TestCertificates(directory);
        certificates.authority("ours");
        certificates.authority("theirs");
        certificates.server("right", "ours", "ip:127.0.0.1");
        certificates.server("misnamed", "ours", "dns:other.example");
        mariaDb = mariaDb("right");
        misnamedMariaDb = mariaDb("misnamed");
        postgres = postgres("right");
        misnamedPostgres = postgres("misnamed");
    }

    @AfterEach
    void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "verify-full, ours, right",
        "verify-ca, ours, right",
        "verify-ca, ours, misnamed",
        "require, , right",
        "require, , misnamed",
        "prefer, , right"
    })
    void rowsArriveOverEncryptedConnections(String mode, String authority, String certificate) throws Exception {
        fixture = between(certificate);
        encrypt("SOURCE", mode, authority);
        encrypt("TARGET", mode, authority);
        fixture.source().execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
        fixture.tables("t: {}");

        assertThat(fixture.load("t").counts().inserted()).isEqualTo(2);
        try (Session session = Session.open(fixture.configuration())) {
            assertThat(value(session.databases().source(), "SHOW SESSION STATUS LIKE 'Ssl_version'", 2))
                    .startsWith("TLSv1.");
            assertThat(value(
                            session.databases().target(),
                            "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
                            1))
                    .isEqualTo("t");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE, verify-full, theirs, right, the server's certificate is not vouched for by SOURCE_TLS_CA",
        "TARGET, verify-full, theirs, right, the server's certificate is not vouched for by TARGET_TLS_CA",
        "SOURCE, verify-ca, theirs, right, the server's certificate is not vouched for by SOURCE_TLS_CA",
        "TARGET, verify-ca, theirs, right, the server's certificate is not vouched for by TARGET_TLS_CA",
        "SOURCE, verify-full, ours, misnamed, or names another host than SOURCE_URL does",
        "TARGET, verify-full, ours, misnamed, or names another host than TARGET_URL does",
        "SOURCE, verify-full, , right, the server's certificate is not vouched for by SOURCE_TLS_CA",
        "TARGET, verify-full, , right, the server's certificate is not vouched for by TARGET_TLS_CA",
        "SOURCE, require, , plain, the server does not offer TLS",
        "TARGET, require, , plain, the server does not offer TLS",
        "SOURCE, verify-full, ours, plain, the server does not offer TLS",
        "TARGET, verify-full, ours, plain, the server does not offer TLS"
    })
    void whoeverIsNotVouchedForIsRefused(
            String side, String mode, String authority, String certificate, String message) {
        fixture = between(certificate);
        encrypt(side, mode, authority);
        fixture.tables("t: {}");

        JarRun run = JarRun.of(fixture.environment(), "once");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).contains(message);
    }

    @Test
    void aPlainConnectionIsUsedOnlyWhereItIsAllowed() {
        fixture = between("plain");
        encrypt("SOURCE", "disable", null);
        encrypt("TARGET", "prefer", null);
        fixture.source().execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        fixture.tables("t: {}");

        assertThat(fixture.load("t").counts().inserted()).isEqualTo(1);
    }

    private static LoaderFixture between(String certificate) {
        return switch (certificate) {
            case "right" -> new LoaderFixture(mariaDb, postgres);
            case "misnamed" -> new LoaderFixture(misnamedMariaDb, misnamedPostgres);
            default -> new LoaderFixture();
        };
    }

    private void encrypt(String side, String mode, String authority) {
        fixture.set(side + "_TLS_MODE", mode);
        if (authority != null) {
            fixture.set(side + "_TLS_CA", certificates.file(authority + ".pem").toString());
        }
    }

    private static String value(DataSource database, String query, int column) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(column);
        }
    }

    private static EmbeddedMariaDb mariaDb(String certificate) {
        return TestServers.startMariaDb(
                "UTC0",
                List.of(
                        "--ssl",
                        "--ssl-ca=" + certificates.file("ours.pem"),
                        "--ssl-cert=" + certificates.file(certificate + ".pem"),
                        "--ssl-key=" + certificates.file(certificate + ".key")));
    }

    private static EmbeddedPostgresServer postgres(String certificate) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ssl", "on");
        settings.put("ssl_cert_file", certificates.file(certificate + ".pem").toString());
        settings.put("ssl_key_file", certificates.file(certificate + ".key").toString());
        return TestServers.startPostgres(settings);
    }
}
