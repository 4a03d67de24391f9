package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.database.Logins;
import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.TcpProxy;
import io.postgresloader.testing.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the packaged program ends with: 0, 1, 2, 3, 4 and 143. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExitCodesIT {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final LoaderFixture fixture = new LoaderFixture();
    private ServerSocket silent;
    private TcpProxy proxy;

    /**
     * @param list the table list
     * @param environment variables in addition to those of the databases
     * @param message what the output contains, as a regular expression
     */
    private record Stop(
            String name, String command, String list, Map<String, String> environment, int exitCode, String message) {
        @Override
        public String toString() {
            return exitCode + ": " + name;
        }
    }

    @BeforeAll
    void createTables() throws IOException {
        fixture.source()
                .execute(
                        "CREATE TABLE t (Id int PRIMARY KEY)",
                        "INSERT INTO t VALUES (1), (2)",
                        "CREATE TABLE full (Id int PRIMARY KEY)",
                        "INSERT INTO full VALUES (1)",
                        "CREATE VIEW seen AS SELECT * FROM t");
        fixture.target()
                .execute(
                        "CREATE ROLE reads LOGIN SUPERUSER",
                        "ALTER ROLE reads SET default_transaction_read_only = on",
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.full (\"Id\" int PRIMARY KEY)",
                        "CREATE FUNCTION raw.no_space() RETURNS trigger LANGUAGE plpgsql AS"
                                + " $$BEGIN RAISE EXCEPTION '' USING ERRCODE = '53100'; END$$",
                        "CREATE TRIGGER no_space BEFORE INSERT ON raw.full FOR EACH ROW EXECUTE FUNCTION raw.no_space()");
        silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        proxy = new TcpProxy(TestServers.source().port());
        proxy.refuse();
    }

    @AfterAll
    void close() throws IOException {
        silent.close();
        proxy.close();
        fixture.close();
    }

    Stream<Stop> stops() {
        Map<String, String> none = Map.of();
        return Stream.of(
                new Stop("all is loaded", "once", "t:\n", none, 0, "t +success"),
                new Stop("a view in the list", "once", "t:\nseen:\n", none, 1, "t +success[^$]*seen: it is a view"),
                new Stop(
                        "the disk of the target is full",
                        "once",
                        "full:\nt:\n",
                        Map.of("LOADER_RETRIES", "0"),
                        1,
                        "full +failed .*53100.*the disk of the target is full[^$]*t +success"),
                new Stop("no such option", "once --ful", "t:\n", none, 2, "--ful"),
                new Stop("a list that cannot be understood", "once", "t: {lod: full}\n", none, 2, "lod"),
                new Stop("a list of another database", "once", "x:\ny:\n", none, 2, "none of the 2 tables.* analyze"),
                new Stop(
                        "a target that takes no writes",
                        "once",
                        "t:\n",
                        Map.of("TARGET_USER", "reads"),
                        3,
                        "the target database .* cannot be used: default_transaction_read_only is on, .*; run: ALTER ROLE"
                                + " \"reads\" RESET default_transaction_read_only"),
                new Stop(
                        "a URL that asks for a read-only target",
                        "init",
                        "t:\n",
                        Map.of("TARGET_URL", fixture.target().url() + "?options=-c%20default_transaction_read_only=on"),
                        3,
                        "remove it from TARGET_URL"),
                new Stop(
                        "a source that is down at the start of run",
                        "run --fail-fast",
                        "t:\n",
                        down(),
                        3,
                        "the source database .* no server answered"),
                new Stop(
                        "a loader that does not answer",
                        "health",
                        "t:\n",
                        Map.of("MANAGEMENT_PORT", String.valueOf(silent.getLocalPort())),
                        4,
                        "no answer from .* within 7 seconds"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stops")
    void theExitCodeSaysWhatEndedTheCommand(Stop stop) {
        fixture.tables(stop.list);
        Map<String, String> environment = new HashMap<>(fixture.environment());
        environment.putAll(stop.environment);

        JarRun run = JarRun.of(environment, stop.command.split(" "));

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(stop.exitCode);
        assertThat(run.out() + run.err()).containsPattern(stop.message);
    }

    @ParameterizedTest
    @CsvSource({"run, 143", "run --exit-zero-on-stop, 0"})
    void aSignalEndsTheWaitForADatabase(String command, int exitCode) throws Exception {
        fixture.tables("t:\n");
        int port = freePort();
        Process run = start(port, command);
        awaitHealth(port, 503, "the source database");

        run.destroy();

        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(run.exitValue()).isEqualTo(exitCode);
    }

    @Test
    void runWaitsForADatabaseThatIsDownAtStart() throws Exception {
        fixture.tables("t: {schedule: 1s}\n");
        int port = freePort();
        Process run = start(port, "run --exit-zero-on-stop");
        try {
            awaitHealth(port, 503, "the source database .* no server answered");
            assertThat(get(port, "/live").statusCode()).isEqualTo(200);
            assertThat(get(port, "/started").statusCode()).isEqualTo(503);

            proxy.accept();

            await().atMost(SOON).until(() -> fixture.status("t", "load_status").equals("success"));
            awaitHealth(port, 200, "tables");
        } finally {
            proxy.refuse();
            run.destroy();
        }
        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(run.exitValue()).isZero();
    }

    private Process start(int port, String command) {
        Map<String, String> environment = new HashMap<>(fixture.environment());
        environment.putAll(down());
        environment.put("MANAGEMENT_PORT", String.valueOf(port));
        return JarRun.start(environment, command.split(" "));
    }

    private Map<String, String> down() {
        return Map.of(
                "SOURCE_URL",
                fixture.environment().get("SOURCE_URL").replaceFirst("127[^/]*", "127.0.0.1:" + proxy.port()));
    }

    private static void awaitHealth(int port, int status, String pattern) {
        await().atMost(SOON).ignoreExceptions().until(() -> {
            HttpResponse<String> health = get(port, "");
            return health.statusCode() == status
                    && health.body().replace("\n", " ").matches(".*" + pattern + ".*");
        });
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health" + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    @OnlyOn(value = Products.MARIADB, because = "MariaDB counts refused logins")
    void aRotatedPasswordIsReadFromItsFile() throws Exception {
        Path file = Files.writeString(Files.createTempFile(Path.of("target"), "password", ""), "first");
        fixture.source()
                .execute(
                        "CREATE USER rotated@'127.0.0.1' IDENTIFIED BY 'first'",
                        "GRANT SELECT ON *.* TO rotated@'127.0.0.1'");
        fixture.tables("t: {skip_unchanged: false}\n");
        fixture.set("SOURCE_USER", "rotated").set("SOURCE_PASSWORD", "").set("SOURCE_PASSWORD_FILE", file.toString());
        try {
            assertThat(fixture.load("t").failure()).isEmpty();
            fixture.source().execute("SET PASSWORD FOR rotated@'127.0.0.1' = PASSWORD('second')");
            fixture.forgetSourceConnections();
            long before = refusedLogins();

            assertThat(fixture.load("t").failure())
                    .hasValueSatisfying(failure -> assertThat(failure.message()).isEqualTo("authentication failed"));
            // The pool asks for connections all the time of its ten seconds.
            assertThat(refusedLogins() - before).isBetween(1L, 6L);
            assertThat(Logins.refused(fixture.services().source().dataSource())).isTrue();

            Files.writeString(file, "second\n");
            assertThat(fixture.load("t").failure()).isEmpty();
            assertThat(Logins.refused(fixture.services().source().dataSource())).isFalse();
        } finally {
            fixture.set("SOURCE_USER", SourceServer.READER)
                    .set("SOURCE_PASSWORD", SourceServer.PASSWORD)
                    .set("SOURCE_PASSWORD_FILE", "");
        }
    }

    private long refusedLogins() {
        return fixture.source()
                .count("SELECT variable_value FROM information_schema.global_status"
                        + " WHERE variable_name = 'ACCESS_DENIED_ERRORS'");
    }
}
