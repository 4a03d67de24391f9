package io.postgresloader.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.ConfigFiles;
import io.postgresloader.model.ChangeKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private static final String REQUIRED =
            """
            source.url=jdbc:mysql://db:3306/opendental
            source.user=reader
            target.url=jdbc:postgresql://wh:5432/analytics
            target.user=writer
            """;
    private static final String ALL =
            """
            source.url = jdbc:mysql://db:3306/opendental?useSSL=true
            source.user : reader
            source.password   p\\=w\\u00e4 \\
               d\s
            source.time_zone=America/Chicago
            target.url=jdbc:postgresql:analytics
            target.user=writer
            target.password=secret
            target.schema=raw2
            tables.file=/etc/tables.yml
            routes.dir=other/routes
            loader.workers=64
            loader.page_rows=5000000
            loader.page_bytes=1GiB
            loader.memory=8MiB
            source.packets=off
            source.scan_limit=0
            loader.batch_rows=1
            loader.retries=0
            loader.network_timeout=1
            tracking.retention=12h
            analyze.exclude=scratch, x*
            loader.reload=off
            log.format=json
            management.host=0.0.0.0
            management.port=0
            jolokia.host=::1
            jolokia.port=8778
            jolokia.user=operator
            jolokia.password=jp
            jolokia.policy=config/jolokia-access.xml
            notify.kinds=failed, dead-letters
            notify.period=5
            notify.webhook.url=https://chat.example.com/hook
            notify.webhook.shape=slack
            notify.mail.host=mail.example.com
            notify.mail.port=465
            notify.mail.tls=tls
            notify.mail.user=etl
            notify.mail.password=mp
            notify.mail.from=etl@example.com
            notify.mail.to=a@example.com, b@example.com
            notify.digest.at=07:00 America/Chicago
            camel.main.name=me
            camel.component.sql.autowired-enabled=false
            """;

    /** Without webhook and mail. */
    private static final NotifySettings SILENT = new NotifySettings(
            EnumSet.allOf(ChangeKind.class),
            Duration.ofSeconds(30),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @TempDir
    Path directory;

    @Test
    void everythingButUrlsAndUsersHasADefault() {
        assertThat(read(REQUIRED, Map.of()))
                .isEqualTo(new Configuration(
                        new Settings(
                                new Settings.Connection(
                                        "jdbc:mysql://db:3306/opendental", "reader", "", Tls.AS_THE_URL_SAYS),
                                new Settings.Connection(
                                        "jdbc:postgresql://wh:5432/analytics", "writer", "", Tls.AS_THE_URL_SAYS),
                                "raw",
                                Optional.empty(),
                                new Settings.Files(Path.of("config/tables.yml"), Path.of("routes"), true),
                                new Settings.Loading(
                                        2,
                                        1_000_000,
                                        64 << 20,
                                        Runtime.getRuntime().maxMemory() / 3,
                                        true,
                                        512 << 20,
                                        1_000_000,
                                        5,
                                        Duration.ofSeconds(60),
                                        5),
                                Optional.of(Duration.ofDays(90)),
                                List.of("tmp*", "temp", "temporary", "backup", "bak", "old", "test", "copy"),
                                false,
                                new Settings.Management("127.0.0.1", 9876, false, 0),
                                new Settings.Jolokia("127.0.0.1", 0, "", "", Path.of("config/jolokia-access.xml")),
                                SILENT),
                        Map.of()));
    }

    @Test
    void everyPropertyReachesItsSetting() {
        assertThat(read(ALL, Map.of()))
                .isEqualTo(new Configuration(
                        new Settings(
                                new Settings.Connection(
                                        "jdbc:mysql://db:3306/opendental?useSSL=true",
                                        "reader",
                                        "p=wä d ",
                                        Tls.AS_THE_URL_SAYS),
                                new Settings.Connection(
                                        "jdbc:postgresql:analytics", "writer", "secret", Tls.AS_THE_URL_SAYS),
                                "raw2",
                                Optional.of(ZoneId.of("America/Chicago")),
                                new Settings.Files(Path.of("/etc/tables.yml"), Path.of("other/routes"), false),
                                new Settings.Loading(
                                        64, 5_000_000, 1 << 30, 8 << 20, false, 0, 1, 0, Duration.ofSeconds(1), 5),
                                Optional.of(Duration.ofHours(12)),
                                List.of("scratch", "x*"),
                                true,
                                new Settings.Management("0.0.0.0", 0, false, 0),
                                new Settings.Jolokia(
                                        "::1", 8778, "operator", "jp", Path.of("config/jolokia-access.xml")),
                                new NotifySettings(
                                        EnumSet.of(ChangeKind.FAILED, ChangeKind.DEAD_LETTERS),
                                        Duration.ofSeconds(5),
                                        Optional.of(new NotifySettings.Webhook(
                                                "https://chat.example.com/hook", Optional.empty(), "slack")),
                                        Optional.of(new NotifySettings.Mail(
                                                "mail.example.com",
                                                465,
                                                "tls",
                                                "etl",
                                                "mp",
                                                Optional.empty(),
                                                "etl@example.com",
                                                List.of("a@example.com", "b@example.com"))),
                                        Optional.of(new NotifySettings.Digest(
                                                LocalTime.of(7, 0), ZoneId.of("America/Chicago"))))),
                        Map.of("camel.main.name", "me", "camel.component.sql.autowired-enabled", "false")));
    }

    @Test
    void everyVariableGoesBeforeItsProperty() {
        Map<String, String> environment = Map.ofEntries(
                Map.entry("SOURCE_URL", "jdbc:mysql://db2/od"),
                Map.entry("SOURCE_USER", "r2"),
                Map.entry("SOURCE_PASSWORD", "x y "),
                Map.entry("SOURCE_TIME_ZONE", "-06:00"),
                Map.entry("SOURCE_COMPRESSION", "on"),
                Map.entry("TARGET_URL", "jdbc:postgresql://wh2/an"),
                Map.entry("TARGET_USER", "w2"),
                Map.entry("TARGET_PASSWORD", "z"),
                Map.entry("TARGET_SCHEMA", "raw3"),
                Map.entry("TABLES_FILE", "t.yml"),
                Map.entry("ROUTES_DIR", "r"),
                Map.entry("LOADER_WORKERS", "1"),
                Map.entry("LOADER_PAGE_ROWS", "1"),
                Map.entry("LOADER_PAGE_BYTES", "64KiB"),
                Map.entry("LOADER_MEMORY", "1GiB"),
                Map.entry("SOURCE_PACKETS", "on"),
                Map.entry("SOURCE_SCAN_LIMIT", "1MiB"),
                Map.entry("LOADER_BATCH_ROWS", "1000000"),
                Map.entry("LOADER_RETRIES", "100"),
                Map.entry("LOADER_NETWORK_TIMEOUT", "86400"),
                Map.entry("TRACKING_RETENTION", "off"),
                Map.entry("ANALYZE_EXCLUDE", ","),
                Map.entry("LOADER_RELOAD", "off"),
                Map.entry("LOG_FORMAT", "json"),
                Map.entry("MANAGEMENT_HOST", "localhost"),
                Map.entry("MANAGEMENT_PORT", "1"),
                Map.entry("JOLOKIA_HOST", "10.0.0.1"),
                Map.entry("JOLOKIA_PORT", "2"),
                Map.entry("JOLOKIA_USER", "o2"),
                Map.entry("JOLOKIA_PASSWORD", "p2"),
                Map.entry("JOLOKIA_POLICY", "./config/jolokia-access.xml"),
                Map.entry("NOTIFY_KINDS", "all"),
                Map.entry("NOTIFY_PERIOD", "30"),
                // An empty variable counts as not set.
                Map.entry("NOTIFY_WEBHOOK_URL", " "),
                Map.entry("NOTIFY_WEBHOOK_SHAPE", "teams"),
                Map.entry("NOTIFY_MAIL_HOST", " "),
                Map.entry("NOTIFY_DIGEST_AT", " "),
                Map.entry("PATH", "/bin"));
        Settings expected = new Settings(
                new Settings.Connection(
                        "jdbc:mysql://db2/od",
                        "r2",
                        "x y ",
                        Tls.AS_THE_URL_SAYS,
                        true,
                        Optional.empty(),
                        Optional.empty()),
                new Settings.Connection("jdbc:postgresql://wh2/an", "w2", "z", Tls.AS_THE_URL_SAYS),
                "raw3",
                Optional.of(ZoneId.of("-06:00")),
                new Settings.Files(Path.of("t.yml"), Path.of("r"), false),
                new Settings.Loading(1, 1, 64 << 10, 1L << 30, true, 1 << 20, 1_000_000, 100, Duration.ofDays(1), 5),
                Optional.empty(),
                List.of(),
                true,
                new Settings.Management("localhost", 1, false, 0),
                new Settings.Jolokia("10.0.0.1", 2, "o2", "p2", Path.of("./config/jolokia-access.xml")),
                SILENT);
        assertThat(read(ALL, environment).settings()).isEqualTo(expected);
        assertThat(SettingsReader.read(directory.resolve("none"), environment).settings())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"SOURCE_PASSWORD", "TARGET_PASSWORD", "SOURCE_USER", "TARGET_USER", "TARGET_SCHEMA"})
    void aVariableMayNameAFileThatHoldsTheValue(String variable) {
        Path file = ConfigFiles.write(directory, "secret", "from_file\n");
        Settings settings =
                read(ALL, Map.of(variable + "_FILE", file.toString())).settings();
        assertThat(Map.of(
                        "SOURCE_PASSWORD", settings.source().password(),
                        "TARGET_PASSWORD", settings.target().password(),
                        "SOURCE_USER", settings.source().user(),
                        "TARGET_USER", settings.target().user(),
                        "TARGET_SCHEMA", settings.targetSchema()))
                .containsEntry(variable, "from_file");
    }

    @Test
    void aFileMayHoldAUrl() {
        Path url = ConfigFiles.write(directory, "url", "jdbc:mysql://f/od");
        Settings settings =
                read(REQUIRED, Map.of("SOURCE_URL_FILE", url.toString())).settings();
        assertThat(settings.source().url()).isEqualTo("jdbc:mysql://f/od");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass\n", "pass\r\n", "pass", "\uFEFFpass\r\n"})
    void byteOrderMarkAndLastNewlineOfASecretFileAreNotPartOfIt(String content) {
        Path file = ConfigFiles.write(directory, "secret", content);
        Configuration read = read(REQUIRED, Map.of("SOURCE_PASSWORD_FILE", file.toString()));
        assertThat(read.settings().source().password()).isEqualTo("pass");
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        Map<String, String> environment = new HashMap<>();
        for (Setting setting : Setting.values()) {
            environment.put(setting.variable(), "");
            setting.fileVariable().ifPresent(name -> environment.put(name, ""));
        }
        assertThat(read(ALL, environment)).isEqualTo(read(ALL, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"disable, DISABLE", "prefer, PREFER", "require, REQUIRE", "verify-full, VERIFY_FULL"})
    void eachSideHasATlsModeOfItsOwn(String text, TlsMode mode) {
        Settings source = read(REQUIRED + "source.tls_mode= " + text, Map.of()).settings();
        assertThat(source.source().tls()).isEqualTo(new Tls(Optional.of(mode), Optional.empty()));
        assertThat(source.target().tls()).isEqualTo(Tls.AS_THE_URL_SAYS);
        Settings target = read(REQUIRED, Map.of("TARGET_TLS_MODE", text)).settings();
        assertThat(target.source().tls()).isEqualTo(Tls.AS_THE_URL_SAYS);
        assertThat(target.target().tls()).isEqualTo(new Tls(Optional.of(mode), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"verify-ca, VERIFY_CA", "verify-full, VERIFY_FULL"})
    void aModeThatVerifiesTakesAFileOfCas(String text, TlsMode mode) {
        Path ca = ConfigFiles.write(directory, "ca.pem", "a comment\n" + ConfigFiles.CERTIFICATE.repeat(2));
        Tls expected = new Tls(Optional.of(mode), Optional.of(ca));
        String property = REQUIRED + "source.tls_mode=" + text + "\nsource.tls_ca=" + ca;
        assertThat(read(property, Map.of()).settings().source().tls()).isEqualTo(expected);
        Map<String, String> environment = Map.of("TARGET_TLS_MODE", text, "TARGET_TLS_CA", ca.toString());
        assertThat(read(REQUIRED, environment).settings().target().tls()).isEqualTo(expected);
    }

    /** A client's own certificate, or the versions to use, do not say whom to trust. */
    @Test
    void whatElseAUrlSaysOfTlsMayAccompanyTheMode() {
        String source = "jdbc:mysql://db/od?tlsVersions=TLSv1.3&clientCertificateKeyStoreUrl=file:/k";
        String target = "jdbc:postgresql://wh/an?sslcert=/c&sslkey=/k";
        Settings settings = read(
                        REQUIRED,
                        Map.of(
                                "SOURCE_URL",
                                source,
                                "SOURCE_TLS_MODE",
                                "require",
                                "TARGET_URL",
                                target,
                                "TARGET_TLS_MODE",
                                "verify-full"))
                .settings();
        assertThat(settings.source().url()).isEqualTo(source);
        assertThat(settings.target().url()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"16MiB, 16777216", "16MB, 16000000", "16777216, 16777216", "64KiB, 65536", "1GiB, 1073741824"})
    void pageBytesTakeUnits(String text, long bytes) {
        assertThat(read(REQUIRED + "loader.page_bytes=" + text, Map.of())
                        .settings()
                        .loading()
                        .pageBytes())
                .isEqualTo(bytes);
    }

    private Configuration read(String text, Map<String, String> environment) {
        return SettingsReader.read(ConfigFiles.write(directory, "application.properties", text), environment);
    }
}
