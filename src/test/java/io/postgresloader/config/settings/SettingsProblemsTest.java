package io.postgresloader.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.ConfigFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way the settings can be wrong, with the whole message, and that no message shows a secret. */
class SettingsProblemsTest {
    private static final String FILE = "application.properties";
    private static final String REQUIRED =
            """
            source.url=jdbc:mysql://db:3306/opendental
            source.user=reader
            target.url=jdbc:postgresql://wh:5432/analytics
            target.user=writer
            """;
    private static final String NAMES =
            "allowed: source.url, source.user, source.password, source.tls_mode, source.tls_ca, source.compression, target.url, target.user, "
                    + "target.password, target.tls_mode, target.tls_ca, target.schema, tables.file, routes.dir, source.time_zone, loader.workers, "
                    + "source.packets, source.scan_limit, loader.memory, loader.page_rows, loader.page_bytes, loader.batch_rows, loader.retries, loader.network_timeout, "
                    + "adopt.max_rewrite, loader.reload, tracking.retention, analyze.exclude, log.format, management.host, management.port, management.dead_letter_keys, health.accepted_dead_letters, "
                    + "notify.kinds, notify.period, notify.webhook.url, notify.webhook.shape, notify.mail.host, notify.mail.port, notify.mail.tls, "
                    + "notify.mail.user, notify.mail.password, notify.mail.from, notify.mail.to, notify.digest.at, "
                    + "jolokia.host, jolokia.port, jolokia.user, jolokia.password, jolokia.policy, and names that begin with camel.";
    private static final String MYSQL = "write jdbc:mysql://HOST:3306/DATABASE";
    private static final String POSTGRES = "write jdbc:postgresql://HOST:5432/DATABASE";
    private static final String SCHEMA = "expected 1 to 63 bytes, since PostgreSQL cuts longer names";
    private static final String KINDS =
            "expected all, none, or some of: failed, recovered, delete-limit, dead-letters, schema-changed, stale, source-away, source-back, different, comparison-failed";
    private static final String WEB =
            "not a URL of the web (not shown); expected https://HOST/PATH, or http:// inside a network that you trust";
    private static final String CA = "name a PEM file with the certificates of the CAs to trust";
    private static final String SIZE = "expected 64KiB to 1GiB, such as 16MiB, 16MB or 16777216";

    @TempDir
    Path directory;

    record Case(String line, String... messages) {}

    /** One line after the four that are required: it is line 5. */
    static Stream<Case> lines() {
        return Stream.of(
                new Case(
                        "source.pasword=x",
                        "source.pasword: unknown property; did you mean " + "source.password? " + NAMES),
                new Case("logging.level=x", "logging.level: unknown property; " + NAMES),
                new Case("source.user=x", "source.user: defined twice, first in line 2; keep " + "one"),
                new Case(
                        "target.password=\\u00g0",
                        "file: invalid \\u escape; write \\u and four hex digits, " + "or \\\\ for a backslash"),
                new Case("target.schema=", "target.schema: the name has 0 bytes; " + SCHEMA),
                new Case("target.schema=" + "x".repeat(64), "target.schema: the name has 64 bytes; " + SCHEMA),
                new Case("target.schema=" + "ä".repeat(32), "target.schema: the name has 64 bytes; " + SCHEMA),
                new Case(
                        "target.schema=a b",
                        "target.schema: 'a b' is not a valid schema name; allowed: letters, digits, _ and -"),
                new Case(
                        "target.schema={{x}}",
                        "target.schema: '{{x}}' is not a valid schema name; allowed: letters, digits, _ and -"),
                new Case("tables.file=", "tables.file: no value; name a path"),
                new Case("routes.dir=a\\u0000b", "routes.dir: not a valid path; name a path"),
                new Case(
                        "source.time_zone=Chicago",
                        "source.time_zone: 'Chicago' is not a time zone; expected a zone such as "
                                + "America/Chicago or -06:00, or an empty value"),
                new Case("notify.kinds=failed, late", "notify.kinds: 'late' is not a kind of change; " + KINDS),
                new Case("notify.kinds=", "notify.kinds: '' is not a kind of change; " + KINDS),
                new Case("notify.period=0", "notify.period: '0' is out of range; expected 1 to 3600"),
                new Case("notify.webhook.url=hooks.slack.com/secret", "notify.webhook.url: " + WEB),
                new Case("notify.webhook.url=ftp://chat/secret", "notify.webhook.url: " + WEB),
                new Case("notify.webhook.url=https:///secret", "notify.webhook.url: " + WEB),
                new Case("notify.webhook.url=https://chat/a b", "notify.webhook.url: " + WEB),
                new Case(
                        "notify.webhook.shape=discord",
                        "notify.webhook.shape: 'discord' is not a known value; expected json, slack or teams"),
                new Case(
                        "notify.mail.tls=ssl",
                        "notify.mail.tls: 'ssl' is not a known value; expected starttls, tls or none"),
                new Case("notify.mail.port=0", "notify.mail.port: '0' is out of range; expected 1 to 65535"),
                new Case(
                        "notify.mail.host=mail",
                        "notify.mail.host: a mail server without notify.mail.from; set notify.mail.from, such as etl@example.com",
                        "notify.mail.host: a mail server without notify.mail.to; set notify.mail.to, such as etl@example.com"),
                new Case(
                        "notify.digest.at=07:00",
                        "notify.digest.at: '07:00' is not a time of the day with its zone; expected such as 07:00"
                                + " America/Chicago"),
                new Case(
                        "notify.digest.at=25:00 UTC",
                        "notify.digest.at: '25:00 UTC' is not a time of the day with its zone; expected such as 07:00"
                                + " America/Chicago"),
                new Case("loader.workers=0", "loader.workers: '0' is out of range; expected 1 to 64"),
                new Case("loader.workers=65", "loader.workers: '65' is out of range; expected 1 to 64"),
                new Case("loader.workers=two", "loader.workers: 'two' is not a number; expected 1 to 64"),
                new Case("loader.workers=", "loader.workers: '' is not a number; expected 1 to 64"),
                new Case("loader.page_rows=0", "loader.page_rows: '0' is out of range; expected 1 to 5000000"),
                new Case(
                        "loader.page_rows=5000001",
                        "loader.page_rows: '5000001' is out of range; expected 1 to 5000000"),
                new Case("loader.page_bytes=65535", "loader.page_bytes: '65535' is out of range; " + SIZE),
                new Case("loader.page_bytes=1025MiB", "loader.page_bytes: '1025MiB' is out of range; " + SIZE),
                new Case("loader.page_bytes=16M", "loader.page_bytes: '16M' is not a number of bytes; " + SIZE),
                new Case(
                        "loader.batch_rows=1000001",
                        "loader.batch_rows: '1000001' is out of range; expected 1 to 1000000"),
                new Case("loader.batch_rows=-1", "loader.batch_rows: '-1' is out of range; expected 1 to 1000000"),
                new Case("loader.retries=101", "loader.retries: '101' is out of range; expected 0 to 100"),
                new Case(
                        "loader.retries=99999999999",
                        "loader.retries: '99999999999' is out of range; expected 0 to 100"),
                new Case(
                        "loader.network_timeout=0", "loader.network_timeout: '0' is out of range; expected 1 to 86400"),
                new Case(
                        "loader.network_timeout=1m",
                        "loader.network_timeout: '1m' is not a number; expected 1 to 86400"),
                new Case(
                        "source.tls_mode=VERIFY_CA",
                        "source.tls_mode: 'VERIFY_CA' is not a TLS mode; allowed: disable, prefer, require, verify-ca, "
                                + "verify-full, or empty for what the URL says"),
                new Case(
                        "target.tls_mode=on",
                        "target.tls_mode: 'on' is not a TLS mode; allowed: disable, prefer, require, verify-ca, verify-full, or "
                                + "empty for what the URL says"),
                new Case(
                        "source.tls_mode=verify-ca",
                        "source.tls_mode: verify-ca requires source.tls_ca; " + CA + " there"),
                new Case(
                        "target.tls_mode=verify-ca",
                        "target.tls_mode: verify-ca requires target.tls_ca; " + CA + " there"),
                new Case(
                        "tracking.retention=never",
                        "tracking.retention: 'never' is not a duration; expected a duration such as 90d or 24h, at most 3650d, or off"));
    }

    static Stream<Case> sourceUrls() {
        return Stream.of(
                new Case(
                        "jdbc:mariadb://h/od",
                        "the URL begins with jdbc:mariadb:; " + MYSQL + ": MySQL's "
                                + "driver, Connector/J, also connects to MariaDB"),
                new Case("jdbc:oracle:thin:x", "the URL does not begin with jdbc:mysql://; " + MYSQL),
                new Case("jdbc:mysql:loadbalance://h/od", "the URL does not begin with jdbc:mysql://; " + MYSQL),
                new Case("jdbc:mysql://h", "the URL names no database; " + MYSQL),
                new Case("jdbc:mysql://h:3306/?useSSL=true", "the URL names no database; " + MYSQL),
                new Case(
                        "jdbc:mysql://h/od?useCursorFetch=true&tinyint1isbit=true&zeroDateTime%42ehavior=ROUND",
                        refused("useCursorFetch"), refused("tinyInt1isBit"), refused("zeroDateTimeBehavior")),
                new Case("", "no value; set a value"));
    }

    static Stream<Case> targetUrls() {
        return Stream.of(
                new Case("jdbc:mysql://h/od", "the URL does not begin with jdbc:postgresql:; " + POSTGRES),
                new Case("jdbc:postgresql://h:5432", "the URL names no database; " + POSTGRES),
                new Case("jdbc:postgresql://h:5432/", "the URL names no database; " + POSTGRES),
                new Case("jdbc:postgresql:", "the URL names no database; " + POSTGRES),
                new Case("jdbc:postgresql:/", "the URL names no database; " + POSTGRES));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyProblemOfALineIsNamed(Case wrong) {
        assertThat(problems(REQUIRED + wrong.line(), Map.of())).isEqualTo(expected(FILE + ":5: ", wrong));
    }

    @ParameterizedTest
    @MethodSource("sourceUrls")
    void aSourceUrlThatTheLoaderCannotUseIsRefused(Case wrong) {
        assertThat(problems(REQUIRED.replace("jdbc:mysql://db:3306/opendental", wrong.line()), Map.of()))
                .isEqualTo(expected(FILE + ":1: source.url: ", wrong));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "defaultFetchSize",
                "useCursorFetch",
                "useServerPrepStmts",
                "characterSetResults",
                "characterEncoding",
                "connectionTimeZone",
                "serverTimezone",
                "forceConnectionTimeZoneToSession",
                "preserveInstants",
                "tinyInt1isBit",
                "yearIsDateType",
                "zeroDateTimeBehavior",
                "allowMultiQueries",
                "transformedBitIsBoolean"
            })
    void whatTheLoaderSetsInASourceUrlIsRefused(String parameter) {
        String url = "jdbc:mysql://h/od?useSSL=true&" + parameter + "=x";
        assertThat(problems(REQUIRED.replace("jdbc:mysql://db:3306/opendental", url), Map.of()))
                .containsExactly(FILE + ":1: source.url: " + refused(parameter));
    }

    @ParameterizedTest
    @MethodSource("targetUrls")
    void aTargetUrlThatTheLoaderCannotUseIsRefused(Case wrong) {
        assertThat(problems(REQUIRED.replace("jdbc:postgresql://wh:5432/analytics", wrong.line()), Map.of()))
                .isEqualTo(expected(FILE + ":3: target.url: ", wrong));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//h/od?user=hunter2",
                "//h/od?useSSL=true&password=hunter2",
                "//h/od?PASSWORD=hunter2",
                "//h/od?%70assword=hunter2",
                "//h/od?password1=hunter2",
                "//h/od?clientCertificateKeyStorePassword=hunter2",
                "//h/od?sslpassword=hunter2",
                "//root:hunter2@h/od",
                "//root:hun/ter2@h/od",
                "//(host=h,user=root,password=hunter2)/od",
                "//address=(host=h)(password=hunter2)/od"
            })
    void aLoginInAUrlIsRefusedAndNotShown(String url) {
        String text = REQUIRED.replace("//db:3306/opendental", url).replace("//wh:5432/analytics", url);
        assertThat(problems(text, Map.of()))
                .containsExactly(
                        FILE + ":1: source.url: the URL contains a user or a password (not shown); " + MYSQL
                                + " and set them as source.user and source.password",
                        FILE + ":3: target.url: the URL contains a user or a password (not shown); " + POSTGRES
                                + " and set them as target.user and target.password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "jdbc:hunter2",
                "jdbc:mysql://u:hunter2@",
                "jdbc:mysql://u:p?hunter2@h/od",
                "jdbc:mysql://h/?x=hunter2",
                "jdbc:mysql://h/od?tinyInt1isBit=hunter2",
                "jdbc:mariadb://u:hunter2@h/od"
            })
    void noMessageShowsAUrl(String url) {
        Map<String, String> environment = Map.of("SOURCE_URL", url, "TARGET_URL", url);
        assertThat(problems(REQUIRED, environment)).isNotEmpty().allSatisfy(m -> assertThat(m)
                .doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @CsvSource({
        "sslMode",
        "useSSL",
        "requireSSL",
        "verifyServerCertificate",
        "trustCertificateKeyStoreUrl",
        "trustCertificateKeyStoreType",
        "fallbackToSystemTrustStore"
    })
    void aSourceUrlThatSaysSomethingElseThanTheTlsModeIsRefused(String parameter) {
        String text = REQUIRED.replace("/opendental", "/opendental?" + parameter.toUpperCase(Locale.ROOT) + "=x");
        assertThat(problems(text + "source.tls_mode=require", Map.of()))
                .containsExactly(FILE + ":1: source.url: the URL parameter " + parameter
                        + " and source.tls_mode are both set; remove the parameter, or leave source.tls_mode empty");
        assertThat(problems(text, Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ssl", "sslmode", "sslrootcert", "sslfactory", "sslfactoryarg", "sslhostnameverifier"})
    void aTargetUrlThatSaysSomethingElseThanTheTlsModeIsRefused(String parameter) {
        String text = REQUIRED.replace("/analytics", "/analytics?ApplicationName=x&" + parameter + "=x");
        assertThat(problems(text, Map.of("TARGET_TLS_MODE", "disable")))
                .containsExactly(FILE + ":3: target.url: the URL parameter " + parameter
                        + " and target.tls_mode are both set; remove the parameter, or leave target.tls_mode empty");
        assertThat(problems(text, Map.of())).isEmpty();
    }

    @Test
    void aCaThatIsNoneIsNamedWithoutItsContent() {
        Path none = directory.resolve("none.pem");
        String key = "-----BEGIN PRIVATE KEY-----\naHVudGVyMg==\n-----END PRIVATE KEY-----\n";
        Path keyFile = ConfigFiles.write(directory, "key.pem", key);
        Path both = ConfigFiles.write(directory, "both.pem", ConfigFiles.CERTIFICATE + key);
        Path empty = ConfigFiles.write(directory, "empty.pem", "");
        Path text = ConfigFiles.write(directory, "text.pem", "hunter2");
        assertThat(List.of(
                        caProblem(none.toString()),
                        caProblem(directory.toString()),
                        caProblem(keyFile.toString()),
                        caProblem(both.toString()),
                        caProblem(empty.toString()),
                        caProblem(text.toString()),
                        caProblem(key),
                        caProblem("a\0b")))
                .containsExactly(
                        "'none.pem' is not a readable file",
                        "'" + directory + "' is not a readable file",
                        "'key.pem' is not a PEM file of certificates",
                        "'both.pem' is not a PEM file of certificates",
                        "'empty.pem' is not a PEM file of certificates",
                        "'text.pem' is not a PEM file of certificates",
                        "the value is a certificate or a key (not shown), not a path",
                        "not a valid path");
    }

    private String caProblem(String ca) {
        List<String> problems = problems(REQUIRED, Map.of("TARGET_TLS_MODE", "verify-full", "TARGET_TLS_CA", ca));
        String begin = "environment: TARGET_TLS_CA: ";
        assertThat(problems).singleElement().asString().startsWith(begin).endsWith("; " + CA);
        return problems.get(0).replace(begin, "").replace("; " + CA, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "disable", "prefer", "require"})
    void aCaThatNothingLooksAtIsRefused(String mode) {
        Path ca = ConfigFiles.write(directory, "ca.pem", ConfigFiles.CERTIFICATE);
        assertThat(problems(REQUIRED + "source.tls_mode=" + mode + "\nsource.tls_ca=" + ca, Map.of()))
                .containsExactly(
                        FILE
                                + ":6: source.tls_ca: a CA is used only with verify-ca and verify-full; set source.tls_mode to one of these, or leave source.tls_ca empty");
    }

    @Test
    void problemsOfTheEnvironmentNameTheVariable() {
        Path secret = ConfigFiles.write(directory, "secret", "x");
        assertThat(problems(
                        REQUIRED,
                        Map.of(
                                "SOURCE_URL", "x",
                                "SOURCE_PASSWORD", "a",
                                "SOURCE_PASSWORD_FILE", secret.toString(),
                                "TARGET_PASSWORD_FILE", "/hunter2",
                                "TARGET_USER_FILE", "a\0b",
                                "LOADER_WORKERS", "x")))
                .containsExactly(
                        "environment: SOURCE_PASSWORD: SOURCE_PASSWORD_FILE is set too; set only one of the two",
                        "environment: TARGET_USER_FILE: no readable UTF-8 file at this path (not shown); "
                                + "name a readable text file",
                        "environment: TARGET_PASSWORD_FILE: no readable UTF-8 file at this path (not "
                                + "shown); name a readable text file",
                        "environment: SOURCE_URL: the URL does not begin with jdbc:mysql://; " + MYSQL,
                        "environment: LOADER_WORKERS: 'x' is not a number; expected 1 to 64");
    }

    @Test
    void whatIsRequiredAndMissingIsNamed() {
        assertThat(problems("camel.main.name=x", Map.of("SOURCE_USER", "reader")))
                .containsExactly(
                        missing("source.url", "SOURCE_URL"),
                        missing("target.url", "TARGET_URL"),
                        missing("target.user", "TARGET_USER"));
    }

    @Test
    void anAbsentFileIsAProblemUnlessTheEnvironmentHasAll() {
        Path none = directory.resolve(FILE);
        Map<String, String> environment = Map.of("SOURCE_URL", "jdbc:mysql://h/od", "LOADER_RETRIES", "x");
        assertThat(ConfigFiles.problems(directory, () -> SettingsReader.read(none, environment)))
                .containsExactly(
                        FILE + ": file: no such file; create it, or set SOURCE_USER, TARGET_URL, TARGET_USER in "
                                + "the environment",
                        "environment: LOADER_RETRIES: 'x' is not a number; expected 0 to 100");
    }

    @Test
    void aFileThatCannotBeReadIsTheOnlyProblem() {
        byte[] latin = (REQUIRED + "source.password=ä").getBytes(StandardCharsets.ISO_8859_1);
        Path file = ConfigFiles.write(directory, FILE, latin);
        assertThat(ConfigFiles.problems(directory, () -> SettingsReader.read(file, Map.of())))
                .containsExactly(FILE + ":5: file: not valid UTF-8; save the file as UTF-8");
        assertThat(ConfigFiles.problems(directory, () -> SettingsReader.read(directory, Map.of())))
                .containsExactly(directory + ": file: the path is a directory; name a file");
    }

    @Test
    void linesAreCountedOverCommentsAndContinuedLines() {
        String text = "# comment \\\ny=2\n! comment \\\n" + REQUIRED + "camel.x=a \\\n  # b\\\\\nx=1\r\n\r\nz\n";
        assertThat(problems(text, Map.of()))
                .containsExactly(
                        FILE + ":2: y: unknown property; " + NAMES,
                        FILE + ":10: x: unknown property; " + NAMES,
                        FILE + ":12: z: unknown property; " + NAMES);
    }

    private static String refused(String parameter) {
        return "the loader sets the URL parameter " + parameter
                + " itself; remove it: exact values and short reads depend on the loader's value";
    }

    private static String missing(String property, String variable) {
        return FILE + ": " + property + ": no value; set a value here, or set " + variable + " in the environment";
    }

    private static List<String> expected(String prefix, Case wrong) {
        return Stream.of(wrong.messages()).map(m -> prefix + m).toList();
    }

    private List<String> problems(String text, Map<String, String> environment) {
        Path file = ConfigFiles.write(directory, FILE, text);
        return ConfigFiles.problems(directory, () -> SettingsReader.read(file, environment));
    }
}
