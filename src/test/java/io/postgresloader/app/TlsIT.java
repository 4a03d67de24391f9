package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.source.SourceDatabase;
import io.postgresloader.target.TargetDatabase;
import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.CertificateAuthority;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.Sampled;
import io.postgresloader.testing.SourceProduct;
import io.postgresloader.testing.TcpProxy;
import io.postgresloader.testing.TlsServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** What each mode of TLS lets in and keeps out, at servers that speak TLS only and at such that speak none. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@OnlyOn(value = Products.MARIADB, because = "MySQL before 8.0.16 cannot show another certificate without a restart")
class TlsIT {
    private static final String ONLY_TLS = "the server accepts only TLS connections; check SOURCE_TLS_MODE";

    private static final String HERE = "ip:127.0.0.1,dns:localhost";

    /** The limit in these tests is a second, and would be a minute otherwise; a machine that is busy takes some more. */
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    static Path directory;

    private static CertificateAuthority authority;
    private static CertificateAuthority stranger;
    private static Path both;
    private static CertificateAuthority.Identity right;
    private static CertificateAuthority.Identity misnamed;
    private static CertificateAuthority.Identity expired;
    private static TlsServers servers;

    private LoaderFixture fixture;

    @BeforeAll
    static void startServers() throws IOException {
        authority = new CertificateAuthority(directory.resolve("authority"));
        stranger = new CertificateAuthority(directory.resolve("stranger"));
        both = Files.writeString(
                directory.resolve("both.pem"),
                Files.readString(stranger.certificate()) + Files.readString(authority.certificate()));
        right = authority.issue("right", HERE);
        misnamed = authority.issue("misnamed", "dns:elsewhere.example,ip:192.0.2.1");
        expired = authority.issueExpired("expired", HERE);
        servers = new TlsServers(directory, right);
    }

    @AfterEach
    void close() {
        if (fixture != null) {
            fixture.close();
        }
        servers.show(right);
    }

    /** What a server shows of itself. */
    enum Shown {
        RIGHT,
        MISNAMED,
        EXPIRED,
        /** No TLS at all. */
        PLAIN
    }

    /** Whom the loader trusts. */
    enum Trusted {
        ISSUER,
        STRANGER,
        /** Two certificates in one file. */
        BOTH,
        /** No file: those that Java trusts. */
        JAVA
    }

    /** The modes in all the ways that let a connection through: how it is then, for each of the two databases. */
    @Sampled(oneOf = 4)
    @ParameterizedTest
    @CsvSource({
        "RIGHT,    '',          JAVA,   encrypted",
        "RIGHT,    prefer,      JAVA,   encrypted",
        "RIGHT,    require,     JAVA,   encrypted",
        "RIGHT,    verify-ca,   ISSUER, encrypted",
        "RIGHT,    verify-full, ISSUER, encrypted",
        "RIGHT,    verify-full, BOTH,   encrypted",
        "MISNAMED, require,     JAVA,   encrypted",
        "MISNAMED, verify-ca,   ISSUER, encrypted",
        "PLAIN,    '',          JAVA,   plain",
        "PLAIN,    disable,     JAVA,   plain",
        "PLAIN,    prefer,      JAVA,   plain"
    })
    void loadsRows(Shown shown, String mode, Trusted trusted, String connection) throws SQLException {
        between(shown);
        set("SOURCE", mode, trusted);
        set("TARGET", mode, trusted);

        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);

        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .isEmpty();
        try (Databases databases = Databases.open(settings());
                Connection source = databases.source().connection();
                Connection target = databases.warehouse().connection()) {
            List<String> cipher = Database.rows(source, "SHOW STATUS LIKE 'Ssl_cipher'");
            List<String> ssl = Database.rows(target, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
            if (connection.equals("encrypted")) {
                assertThat(cipher).hasSize(1).allMatch(row -> row.startsWith("Ssl_cipher|TLS"));
                assertThat(ssl).containsExactly("t");
            } else {
                assertThat(cipher).containsExactly("Ssl_cipher|");
                assertThat(ssl).containsExactly("f");
            }
        }
    }

    @Test
    void aCompressedConnectionIsEncryptedAsWell() throws SQLException {
        between(Shown.RIGHT);
        set("SOURCE", "verify-full", Trusted.ISSUER);
        fixture.set("SOURCE_COMPRESSION", "on");

        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);

        try (Databases databases = Databases.open(settings());
                Connection source = databases.source().connection()) {
            assertThat(Database.rows(
                            source, "SHOW SESSION STATUS WHERE Variable_name IN ('Compression', 'Ssl_cipher')"))
                    .hasSize(2)
                    .anyMatch("Compression|ON"::equals)
                    .anyMatch(row -> row.startsWith("Ssl_cipher|TLS"));
        }
    }

    /** And in those that do not, with what is said about it. */
    @ParameterizedTest
    @CsvSource({
        "SOURCE, RIGHT,    verify-ca,   STRANGER, is not signed by a trusted CA; check SOURCE_TLS_CA",
        "SOURCE, RIGHT,    verify-full, STRANGER, is not signed by a trusted CA; check SOURCE_TLS_CA",
        "SOURCE, RIGHT,    verify-full, JAVA,     is not signed by a trusted CA; check SOURCE_TLS_CA",
        "SOURCE, MISNAMED, verify-full, ISSUER,   does not match the host name of the URL; check SOURCE_URL",
        "SOURCE, EXPIRED,  verify-ca,   ISSUER,   is expired or not yet valid",
        "SOURCE, EXPIRED,  verify-full, ISSUER,   is expired or not yet valid",
        "SOURCE, EXPIRED,  prefer,      JAVA,     is expired or not yet valid",
        "SOURCE, EXPIRED,  require,     JAVA,     is expired or not yet valid",
        "SOURCE, PLAIN,    require,     JAVA,     the server does not support TLS",
        "SOURCE, PLAIN,    verify-ca,   ISSUER,   the server does not support TLS",
        "SOURCE, PLAIN,    verify-full, ISSUER,   the server does not support TLS",
        "SOURCE, RIGHT,    disable,     JAVA,     '" + ONLY_TLS + "'",
        "TARGET, RIGHT,    verify-ca,   STRANGER, is not signed by a trusted CA; check TARGET_TLS_CA",
        "TARGET, RIGHT,    verify-full, STRANGER, is not signed by a trusted CA; check TARGET_TLS_CA",
        "TARGET, RIGHT,    verify-full, JAVA,     is not signed by a trusted CA; check TARGET_TLS_CA",
        "TARGET, MISNAMED, verify-full, ISSUER,   does not match the host name of the URL; check TARGET_URL",
        "TARGET, EXPIRED,  verify-ca,   ISSUER,   is expired or not yet valid",
        "TARGET, EXPIRED,  verify-full, ISSUER,   is expired or not yet valid",
        "TARGET, PLAIN,    require,     JAVA,     the server does not support TLS",
        "TARGET, PLAIN,    verify-ca,   ISSUER,   the server does not support TLS",
        "TARGET, PLAIN,    verify-full, ISSUER,   the server does not support TLS",
        "TARGET, RIGHT,    disable,     JAVA,     whether the server requires TLS for this user"
    })
    void aConnectionThatTheModeForbidsFails(String side, Shown shown, String mode, Trusted trusted, String reason) {
        between(shown);
        set(side, mode, trusted);

        assertThatThrownBy(() -> open(side).close())
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("the " + side.toLowerCase(Locale.ROOT) + " database")
                .hasMessageContaining(
                        // This one says that the login was refused, and no more.
                        reason.equals(ONLY_TLS) && SourceProduct.underTest() == SourceProduct.MARIADB_10_11
                                ? "whether the server requires TLS for this user"
                                : reason);
    }

    /** Unlike the source's driver, that of the target checks only what its mode names. */
    @ParameterizedTest
    @ValueSource(strings = {"prefer", "require"})
    void anExpiredCertificateFailsOnlyVerifyingModes(String mode) {
        between(Shown.EXPIRED);
        set("TARGET", mode, Trusted.JAVA);

        open("TARGET").close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SOURCE", "TARGET"})
    void aHostNameIsVerifiedLikeAnAddress(String side) {
        between(Shown.RIGHT);
        fixture.set(side + "_URL", fixture.environment().get(side + "_URL").replace("//127.0.0.1:", "//localhost:"));
        set(side, "verify-full", Trusted.ISSUER);

        open(side).close();
    }

    /** As a loader that is running would find it; the message is checked above. */
    @ParameterizedTest
    @ValueSource(strings = {"SOURCE", "TARGET"})
    void aMisnamedServerFailsInThePoolToo(String side) {
        between(Shown.MISNAMED);
        set(side, "verify-full", Trusted.ISSUER);
        HikariConfig impatient = new HikariConfig();
        try (HikariDataSource pool = pool(side)) {
            pool.copyStateTo(impatient);
        }
        impatient.setConnectionTimeout(1000);
        try (HikariDataSource pool = new HikariDataSource(impatient)) {
            assertThatThrownBy(() -> pool.getConnection().close())
                    .isInstanceOf(SQLException.class)
                    .hasStackTraceContaining(side.equals("SOURCE") ? "Server identity verification" : "The hostname");
        }
    }

    @Test
    void withoutACaFileJavasTrustStoreIsUsed() {
        between(Shown.RIGHT);
        set("SOURCE", "verify-full", Trusted.JAVA);
        set("TARGET", "verify-full", Trusted.JAVA);

        JarRun trusting = JarRun.of(fixture.environment(), authority.trustedByJava(), "once");
        assertThat(trusting.exitCode()).as(trusting.toString()).isZero();
        JarRun other = JarRun.of(fixture.environment(), stranger.trustedByJava(), "once");
        assertThat(other.exitCode()).as(other.toString()).isEqualTo(ExitCode.UNREACHABLE);
    }

    /** The name counts where Java decides whom to trust as well. */
    @ParameterizedTest
    @ValueSource(strings = {"SOURCE", "TARGET"})
    void theMessageNamesTheProblem(String side) {
        between(Shown.MISNAMED);
        set(side, "verify-full", Trusted.JAVA);

        JarRun run = JarRun.of(fixture.environment(), authority.trustedByJava(), "once");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err())
                .contains("does not match the host name of the URL")
                .doesNotContain("elsewhere", "SEVERE");
    }

    @ParameterizedTest
    @CsvSource({"SOURCE, losing", "SOURCE, stalled", "TARGET, losing", "TARGET, stalled"})
    void silenceBreaksAReadUnderTls(String side, String kind) throws SQLException {
        try (TcpProxy proxy = proxied(side);
                HikariDataSource pool = pool(side);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            silence(proxy, kind);
            Instant begin = Instant.now();
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).isInstanceOf(SQLException.class);
            assertThat(Duration.between(begin, Instant.now())).isLessThan(SOON);
        }
    }

    /** The driver's own limit is for answers; this one is of our sockets, below TLS. */
    @Test
    void aTargetThatStopsReadingBreaksAWriteUnderTls() throws SQLException {
        try (TcpProxy proxy = proxied("TARGET");
                HikariDataSource pool = pool("TARGET");
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE sink (line text)");
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY sink FROM STDIN");
            byte[] lines = "x\n".repeat(1 << 19).getBytes(StandardCharsets.US_ASCII);
            copy.writeToCopy(lines, 0, lines.length);
            copy.flushCopy();
            proxy.stall();
            Instant begin = Instant.now();
            assertThatThrownBy(() -> {
                        while (true) {
                            copy.writeToCopy(lines, 0, lines.length);
                        }
                    })
                    .isInstanceOf(SQLException.class);
            assertThat(Duration.between(begin, Instant.now())).isLessThan(SOON);
        }
    }

    /** A way that is silent from the start, so that the handshake does not end. */
    @ParameterizedTest
    @ValueSource(strings = {"SOURCE", "TARGET"})
    void silenceBreaksAHandshake(String side) {
        try (TcpProxy proxy = proxied(side)) {
            proxy.stall();
            Instant begin = Instant.now();
            assertThatThrownBy(() -> open(side).close())
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("no server answered");
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
        }
    }

    /** A way to the side that is encrypted and verified. */
    private TcpProxy proxied(String side) {
        between(Shown.RIGHT);
        TcpProxy proxy = new TcpProxy(
                side.equals("SOURCE")
                        ? servers.mariaDb().port()
                        : servers.postgres().port());
        fixture.set(side + "_URL", proxy.url(fixture.environment().get(side + "_URL")))
                .set("LOADER_NETWORK_TIMEOUT", "1");
        set(side, "verify-full", Trusted.ISSUER);
        return proxy;
    }

    private static void silence(TcpProxy proxy, String kind) {
        if (kind.equals("losing")) {
            proxy.lose();
        } else {
            proxy.stall();
        }
    }

    /** Makes databases with a table to load, at servers that then show this. */
    private void between(Shown shown) {
        fixture = shown == Shown.PLAIN ? new LoaderFixture() : new LoaderFixture(servers.mariaDb(), servers.postgres());
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note text)",
                        "INSERT INTO visit SELECT seq, REPEAT('x', 500) FROM seq_1_to_2000");
        fixture.tables("visit:");
        if (shown != Shown.PLAIN) {
            servers.show(
                    switch (shown) {
                        case MISNAMED -> misnamed;
                        case EXPIRED -> expired;
                        default -> right;
                    });
        }
    }

    private void set(String side, String mode, Trusted trusted) {
        fixture.set(side + "_TLS_MODE", mode);
        if (trusted != Trusted.JAVA) {
            Path ca =
                    switch (trusted) {
                        case ISSUER -> authority.certificate();
                        case STRANGER -> stranger.certificate();
                        default -> both;
                    };
            fixture.set(side + "_TLS_CA", ca.toString());
        }
    }

    private Settings settings() {
        return fixture.configuration().settings();
    }

    private Databases open(String side) {
        return side.equals("SOURCE") ? Databases.openSource(settings()) : Databases.openTarget(settings());
    }

    private HikariDataSource pool(String side) {
        Settings settings = settings();
        return side.equals("SOURCE")
                ? SourceDatabase.open(settings.source(), 1, settings.loading().networkTimeout())
                : TargetDatabase.open(settings.target(), 1, settings.loading().networkTimeout());
    }
}
