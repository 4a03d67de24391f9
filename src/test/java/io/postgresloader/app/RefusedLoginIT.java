package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.postgresloader.testing.GuardedRole;
import io.postgresloader.testing.LoaderMetrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The passwords of both databases are changed while a loader runs that knows the old ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedLoginIT {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final LoaderFixture fixture = new LoaderFixture();
    private final int management = LoaderMetrics.freePort();
    private Session session;
    private Loader loader;
    private Operation operation;

    @BeforeAll
    void aRunningLoader() throws Exception {
        fixture.source().execute("CREATE TABLE t (id int PRIMARY KEY)");
        GuardedRole.create(fixture.target(), "rotated_target", "first");
        fixture.asUserWhoMayOnlyRead("rotated_source")
                .set("TARGET_USER", "rotated_target")
                .set("TARGET_PASSWORD", "first")
                .set("MANAGEMENT_PORT", String.valueOf(management))
                .set("LOADER_RETRIES", "0")
                .tables("t: {schedule: 1h}\n");
        session = Session.open(fixture.configuration());
        loader = session.loader();
        loader.start();
        operation = Operation.start(session, loader);
        await().atMost(SOON).until(() -> ready().statusCode() == 200);
    }

    @AfterAll
    void close() {
        operation.close();
        loader.close();
        session.close();
        fixture.close();
    }

    @Test
    void healthSaysWhichLoginIsRefused() {
        fixture.source().execute("ALTER USER 'rotated_source'@'127.0.0.1' IDENTIFIED BY 'second'");
        reconnect(session.databases().sourcePool());
        awaitRefused("source");

        fixture.target().execute("ALTER ROLE rotated_target PASSWORD 'second'");
        reconnect(session.databases().targetPool());
        awaitRefused("source", "target");
    }

    private static void reconnect(HikariDataSource pool) {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    private void awaitRefused(String... databases) {
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
            HttpResponse<String> ready = ready();
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body())
                    .contains(Stream.of(databases)
                            .map(name ->
                                    "login refused by the " + name + " database; check " + name.toUpperCase(Locale.ROOT)
                                            + "_USER and " + name.toUpperCase(Locale.ROOT) + "_PASSWORD")
                            .toList())
                    .doesNotContain("does not answer", "first");
        });
    }

    private HttpResponse<String> ready() throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/observe/health/ready"))
                                .build(),
                        BodyHandlers.ofString());
    }
}
