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

/** Each way the settings can be wrong, with the whole message, and that no message tells a secret. */
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
            "allowed: source.url, source.user, source.password, source.tls_mode, source.tls_ca, target.url, target.user, "
                    + "target.password, target.tls_mode, target.tls_ca, target.schema, tables.file, routes.dir, source.time_zone, loader.workers, "
                    + "loader.page_rows, loader.page_bytes, loader.batch_rows, loader.retries, loader.network_timeout, "
                    + "loader.reload, tracking.retention, analyze.exclude, log.format, management.host, management.port, "
                    + "jolokia.host, jolokia.port, jolokia.user, jolokia.password, jolokia.policy, and names that begin with camel.";
    private static final String MYSQL = "write jdbc:mysql://HOST:3306/DATABASE";
    private static final String POSTGRES = "write jdbc:postgresql://HOST:5432/DATABASE";
    private static final String SCHEMA = "allowed: 1 to 63 bytes, since PostgreSQL cuts longer names";
    private static final String CA = "name a PEM file with the certificates of the CAs to trust";
    private static final String SIZE = "allowed: 64KiB to 1GiB, such as 16MiB, 16MB or 16777216";

    @TempDir
    Path directory;

    record Case(String line, String... messages) {}

    /** One line after the four that are required: it is line 5. */
    static Stream<Case> lines() {
        return Stream.of(
                new Case(
                        "source.pasword=x",
                        "source.pasword: found an unknown property; did you mean " + "source.password? " + NAMES),
                new Case("logging.level=x", "logging.level: found an unknown property; " + NAMES),
                new Case(
                        "source.user=x",
                        "source.user: found a second entry of that name, the first in line 2; keep " + "one"),
                new Case(
                        "target.password=\\u00g0",
                        "file: found a broken \\u escape; write \\u and four hex digits, " + "or \\\\ for a backslash"),
                new Case("target.schema=", "target.schema: found a name of 0 bytes; " + SCHEMA),
                new Case("target.schema=" + "x".repeat(64), "target.schema: found a name of 64 bytes; " + SCHEMA),
                new Case("target.schema=" + "ä".repeat(32), "target.schema: found a name of 64 bytes; " + SCHEMA),
                new Case("target.schema=a b", "target.schema: found 'a b'; allowed: letters, digits, _ and -"),
                new Case("target.schema={{x}}", "target.schema: found '{{x}}'; allowed: letters, digits, _ and -"),
                new Case("tables.file=", "tables.file: found nothing; name a path"),
                new Case("routes.dir=a\\u0000b", "routes.dir: found a text that is no path; name a path"),
                new Case(
                        "source.time_zone=Chicago",
                        "source.time_zone: found 'Chicago'; allowed: a zone such as "
                                + "America/Chicago or -06:00, or empty"),
                new Case("loader.workers=0", "loader.workers: found '0'; allowed: 1 to 64"),
                new Case("loader.workers=65", "loader.workers: found '65'; allowed: 1 to 64"),
                new Case("loader.workers=two", "loader.workers: found 'two'; allowed: 1 to 64"),
                new Case("loader.workers=", "loader.workers: found ''; allowed: 1 to 64"),
                new Case("loader.page_rows=0", "loader.page_rows: found '0'; allowed: 1 to 5000000"),
                new Case("loader.page_rows=5000001", "loader.page_rows: found '5000001'; allowed: 1 to 5000000"),
                new Case("loader.page_bytes=65535", "loader.page_bytes: found '65535'; " + SIZE),
                new Case("loader.page_bytes=1025MiB", "loader.page_bytes: found '1025MiB'; " + SIZE),
                new Case("loader.page_bytes=16M", "loader.page_bytes: found '16M'; " + SIZE),
                new Case("loader.batch_rows=1000001", "loader.batch_rows: found '1000001'; allowed: 1 to 1000000"),
                new Case("loader.batch_rows=-1", "loader.batch_rows: found '-1'; allowed: 1 to 1000000"),
                new Case("loader.retries=101", "loader.retries: found '101'; allowed: 0 to 100"),
                new Case("loader.retries=99999999999", "loader.retries: found '99999999999'; allowed: 0 to 100"),
                new Case("loader.network_timeout=0", "loader.network_timeout: found '0'; allowed: 1 to 86400"),
                new Case("loader.network_timeout=1m", "loader.network_timeout: found '1m'; allowed: 1 to 86400"),
                new Case(
                        "source.tls_mode=VERIFY_CA",
                        "source.tls_mode: found 'VERIFY_CA'; allowed: disable, prefer, require, verify-ca, "
                                + "verify-full, or empty for what the URL says"),
                new Case(
                        "target.tls_mode=on",
                        "target.tls_mode: found 'on'; allowed: disable, prefer, require, verify-ca, verify-full, or "
                                + "empty for what the URL says"),
                new Case(
                        "source.tls_mode=verify-ca",
                        "source.tls_mode: found verify-ca without source.tls_ca; " + CA + " there"),
                new Case(
                        "target.tls_mode=verify-ca",
                        "target.tls_mode: found verify-ca without target.tls_ca; " + CA + " there"),
                new Case(
                        "tracking.retention=never",
                        "tracking.retention: found 'never'; allowed: a time such as 90d or 24h, at most 3650d, or off"));
    }

    static Stream<Case> sourceUrls() {
        return Stream.of(
                new Case(
                        "jdbc:mariadb://h/od",
                        "found a URL that begins with jdbc:mariadb:; " + MYSQL + ": MySQL's "
                                + "driver, Connector/J, speaks to MariaDB as well"),
                new Case("jdbc:oracle:thin:x", "found a text that does not begin with jdbc:mysql://; " + MYSQL),
                new Case(
                        "jdbc:mysql:loadbalance://h/od",
                        "found a text that does not begin with jdbc:mysql://; " + MYSQL),
                new Case("jdbc:mysql://h", "found a URL without a database; " + MYSQL),
                new Case("jdbc:mysql://h:3306/?useSSL=true", "found a URL without a database; " + MYSQL),
                new Case(
                        "jdbc:mysql://h/od?useCursorFetch=true&tinyint1isbit=true&zeroDateTime%42ehavior=ROUND",
                        refused("useCursorFetch"), refused("tinyInt1isBit"), refused("zeroDateTimeBehavior")),
                new Case("", "found nothing; give a value"));
    }

    static Stream<Case> targetUrls() {
        return Stream.of(
                new Case("jdbc:mysql://h/od", "found a text that does not begin with jdbc:postgresql:; " + POSTGRES),
                new Case("jdbc:postgresql://h:5432", "found a URL without a database; " + POSTGRES),
                new Case("jdbc:postgresql://h:5432/", "found a URL without a database; " + POSTGRES),
                new Case("jdbc:postgresql:", "found a URL without a database; " + POSTGRES),
                new Case("jdbc:postgresql:/", "found a URL without a database; " + POSTGRES));
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
                        FILE + ":1: source.url: found a user or a password in the URL (not shown); " + MYSQL
                                + " and give them as source.user and source.password",
                        FILE + ":3: target.url: found a user or a password in the URL (not shown); " + POSTGRES
                                + " and give them as target.user and target.password");
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
                .containsExactly(FILE + ":1: source.url: found the URL parameter " + parameter + " beside "
                        + "source.tls_mode; say it in one place: take it out, or leave source.tls_mode empty");
        assertThat(problems(text, Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ssl", "sslmode", "sslrootcert", "sslfactory", "sslfactoryarg", "sslhostnameverifier"})
    void aTargetUrlThatSaysSomethingElseThanTheTlsModeIsRefused(String parameter) {
        String text = REQUIRED.replace("/analytics", "/analytics?ApplicationName=x&" + parameter + "=x");
        assertThat(problems(text, Map.of("TARGET_TLS_MODE", "disable")))
                .containsExactly(FILE + ":3: target.url: found the URL parameter " + parameter + " beside "
                        + "target.tls_mode; say it in one place: take it out, or leave target.tls_mode empty");
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
                        "no file that can be read at 'none.pem'",
                        "no file that can be read at '" + directory + "'",
                        "no certificates, or not only such, in 'key.pem'",
                        "no certificates, or not only such, in 'both.pem'",
                        "no certificates, or not only such, in 'empty.pem'",
                        "no certificates, or not only such, in 'text.pem'",
                        "a certificate itself, or a key (not shown)",
                        "a text that is no path");
    }

    private String caProblem(String ca) {
        List<String> problems = problems(REQUIRED, Map.of("TARGET_TLS_MODE", "verify-full", "TARGET_TLS_CA", ca));
        String begin = "environment: TARGET_TLS_CA: found ";
        assertThat(problems).singleElement().asString().startsWith(begin).endsWith("; " + CA);
        return problems.get(0).replace(begin, "").replace("; " + CA, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "disable", "prefer", "require"})
    void aCaThatNothingLooksAtIsRefused(String mode) {
        Path ca = ConfigFiles.write(directory, "ca.pem", ConfigFiles.CERTIFICATE);
        assertThat(problems(REQUIRED + "source.tls_mode=" + mode + "\nsource.tls_ca=" + ca, Map.of()))
                .containsExactly(FILE + ":6: source.tls_ca: found a CA, which is looked at with verify-ca and "
                        + "verify-full only; set source.tls_mode to one of these, or leave source.tls_ca empty");
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
                        "environment: SOURCE_PASSWORD: found both it and SOURCE_PASSWORD_FILE; set one of the two",
                        "environment: TARGET_USER_FILE: found no readable UTF-8 file at the path it gives (not shown); "
                                + "name a readable text file",
                        "environment: TARGET_PASSWORD_FILE: found no readable UTF-8 file at the path it gives (not "
                                + "shown); name a readable text file",
                        "environment: SOURCE_URL: found a text that does not begin with jdbc:mysql://; " + MYSQL,
                        "environment: LOADER_WORKERS: found 'x'; allowed: 1 to 64");
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
    void anAbsentFileIsAProblemWhereTheEnvironmentDoesNotGiveAllThatIsRequired() {
        Path none = directory.resolve(FILE);
        Map<String, String> environment = Map.of("SOURCE_URL", "jdbc:mysql://h/od", "LOADER_RETRIES", "x");
        assertThat(ConfigFiles.problems(directory, () -> SettingsReader.read(none, environment)))
                .containsExactly(
                        FILE + ": file: found no such file; create it, or set SOURCE_USER, TARGET_URL, TARGET_USER in "
                                + "the environment",
                        "environment: LOADER_RETRIES: found 'x'; allowed: 0 to 100");
    }

    @Test
    void aFileThatCannotBeReadIsTheOnlyProblem() {
        byte[] latin = (REQUIRED + "source.password=ä").getBytes(StandardCharsets.ISO_8859_1);
        Path file = ConfigFiles.write(directory, FILE, latin);
        assertThat(ConfigFiles.problems(directory, () -> SettingsReader.read(file, Map.of())))
                .containsExactly(FILE + ":5: file: found bytes that are not UTF-8; save the file as UTF-8");
        assertThat(ConfigFiles.problems(directory, () -> SettingsReader.read(directory, Map.of())))
                .containsExactly(directory + ": file: found a directory; name a file");
    }

    @Test
    void linesAreCountedOverCommentsAndContinuedLines() {
        String text = "# comment \\\ny=2\n! comment \\\n" + REQUIRED + "camel.x=a \\\n  # b\\\\\nx=1\r\n\r\nz\n";
        assertThat(problems(text, Map.of()))
                .containsExactly(
                        FILE + ":2: y: found an unknown property; " + NAMES,
                        FILE + ":10: x: found an unknown property; " + NAMES,
                        FILE + ":12: z: found an unknown property; " + NAMES);
    }

    private static String refused(String parameter) {
        return "found the URL parameter " + parameter
                + "; take it out: the loader sets it itself, so that values arrive exactly and reads stay short";
    }

    private static String missing(String property, String variable) {
        return FILE + ": " + property + ": found nothing; give a value here, or set " + variable
                + " in the environment";
    }

    private static List<String> expected(String prefix, Case wrong) {
        return Stream.of(wrong.messages()).map(m -> prefix + m).toList();
    }

    private List<String> problems(String text, Map<String, String> environment) {
        Path file = ConfigFiles.write(directory, FILE, text);
        return ConfigFiles.problems(directory, () -> SettingsReader.read(file, environment));
    }
}
