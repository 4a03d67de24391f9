package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JmxText;
import io.postgresloader.testing.JolokiaClient;
import io.postgresloader.testing.LoaderMetrics;
import io.postgresloader.testing.ShippedRoutes;
import io.postgresloader.testing.TcpProxy;
import io.postgresloader.testing.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What operators see and do while the loader runs, by HTTP and JMX. */
class OperationIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String RECONCILE_POLL = "loader.reconcile_poll";
    private static final String PASSWORD = "n0body-sees-this";
    private static final String SOURCE_PASSWORD = "n0body-reads-this";

    private final LoaderFixture fixture = new LoaderFixture();
    private final HttpClient http = HttpClient.newHttpClient();
    private final int management = LoaderMetrics.freePort();
    private final int jolokia = LoaderMetrics.freePort();
    private final JolokiaClient client = new JolokiaClient(jolokia, "operator", PASSWORD);
    private TcpProxy toTarget;
    private Path routes;
    private Session session;
    private Loader loader;
    private Operation operation;

    @BeforeEach
    void aRunningLoader() throws Exception {
        routes = Files.createTempDirectory(Files.createDirectories(Path.of("target", "routes")), "operation-");
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        toTarget = new TcpProxy(TestServers.postgres().port());
        String direct = fixture.environment().get("TARGET_URL");
        fixture.source()
                .execute(
                        "CREATE TABLE good (id int PRIMARY KEY) ENGINE=MyISAM",
                        "INSERT INTO good VALUES (1), (2), (3)",
                        "CREATE TABLE keyless (id bigint) ENGINE=MyISAM",
                        "CREATE TABLE later (id int PRIMARY KEY) ENGINE=MyISAM",
                        "CREATE TABLE compared (id int PRIMARY KEY) ENGINE=MyISAM",
                        "CREATE TABLE compared_too (id int PRIMARY KEY) ENGINE=MyISAM",
                        "DROP USER IF EXISTS 'operated'@'127.0.0.1'",
                        "CREATE USER 'operated'@'127.0.0.1' IDENTIFIED BY '" + SOURCE_PASSWORD + "'",
                        "GRANT SELECT, PROCESS ON *.* TO 'operated'@'127.0.0.1'");
        fixture.tables("good: {schedule: 1s}\nkeyless: {schedule: 1s, load: incremental}\nlater: {schedule: 1h}\n"
                        + "compared: {schedule: 1h, reconcile: 1s}\ncompared_too: {schedule: 1h, reconcile: 1s}\n")
                .set("SOURCE_USER", "operated")
                .set("SOURCE_PASSWORD", SOURCE_PASSWORD)
                .set("TARGET_URL", direct.replaceFirst(":\\d+/", ":" + toTarget.port() + "/"))
                .set("ROUTES_DIR", routes.toString())
                .set("MANAGEMENT_PORT", String.valueOf(management))
                .set("JOLOKIA_PORT", String.valueOf(jolokia))
                .set("JOLOKIA_USER", "operator")
                .set("JOLOKIA_PASSWORD", PASSWORD)
                // So long a test waits at its end for a target that was silent in it.
                .set("LOADER_NETWORK_TIMEOUT", "20")
                .set("LOADER_RETRIES", "0");
        System.setProperty(RECONCILE_POLL, "200");
        session = Session.open(fixture.configuration());
        loader = session.loader();
        loader.start();
        operation = Operation.start(session, loader);
        await().atMost(SOON)
                .until(() -> fixture.target()
                                .count(
                                        "SELECT count(*) FROM raw.etl_load_status WHERE load_status IN ('success', 'failed')")
                        == session.catalog().tables().size());
    }

    @AfterEach
    void close() {
        operation.close();
        loader.close();
        session.close();
        System.clearProperty(RECONCILE_POLL);
        toTarget.close();
        fixture.close();
    }

    @Test
    void healthNamesWhatNeedsTheOperator() throws Exception {
        await().atMost(SOON)
                .until(() -> check("tables").at("/data/failed/0").asText().equals("keyless"));
        assertThat(get("/observe/health").statusCode()).isEqualTo(503);
        assertThat(get("/observe/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/observe/health/started").statusCode()).isEqualTo(200);

        client.exec("pause", "keyless");
        assertThat(check("tables").path("status").asText()).isEqualTo("UP");
        assertThat(check("tables").at("/data/paused/0").asText()).isEqualTo("keyless");
        assertThat(check("timers").path("status").asText()).isEqualTo("UP");
        assertThat(get("/observe/health").statusCode()).isEqualTo(200);

        loader.context().getRouteController().stopRoute("timer-later");
        assertThat(check("timers").at("/data/without a started route/0").asText())
                .isEqualTo("later");
        loader.context().getRouteController().startRoute("timer-later");

        fixture.target().execute("UPDATE raw.etl_load_status SET verify_result = 'braked' WHERE table_name = 'good'");
        await().atMost(SOON)
                .until(() ->
                        check("tables").at("/data/comparison braked/0").asText().equals("good"));

        Path broken = ShippedRoutes.file(routes, "remove-old");
        Files.writeString(broken, "- route: [");
        await().atMost(SOON).until(() -> check("reload").path("status").asText().equals("DOWN"));
        assertThat(check("reload").path("data").toString())
                .contains(broken.getFileName() + ":2", "expected the node content");
    }

    @Tag(Extent.SLOW)
    @Test
    void openDeadLettersHaveACheckOfTheirOwn() throws Exception {
        client.exec("pause", "keyless");
        await().atMost(SOON)
                .until(() -> check("dead_letters").path("status").asText().equals("UP"));
        fixture.target()
                .execute("INSERT INTO raw.etl_dead_letter (table_name, key, reason, message, load_id)"
                        + " VALUES ('later', '{\"id\": \"1\"}', 'row data', 'x', 'x'),"
                        + " ('later', '{\"id\": \"2\"}', 'row data', 'x', 'x'),"
                        + " ('not listed', '{\"id\": \"2\"}', 'row data', 'x', 'x')");

        await().atMost(SOON)
                .until(() -> check("dead_letters").path("status").asText().equals("DOWN"));
        assertThat(check("dead_letters").path("data")).hasToString("{\"later\":2}");
        assertThat(check("tables").path("status").asText()).isEqualTo("UP");
        assertThat(get("/observe/health").statusCode()).isEqualTo(503);
        assertThat(get("/observe/health/ready").statusCode()).isEqualTo(200);

        fixture.target().execute("UPDATE raw.etl_dead_letter SET state = 'replayed' WHERE table_name = 'later'");
        await().atMost(SOON)
                .until(() -> check("dead_letters").path("status").asText().equals("UP"));
    }

    @Test
    void aLateTableIsNamedInAnyOtherState() {
        fixture.target()
                .execute(
                        "UPDATE raw.etl_load_status SET last_loaded = '2026-01-01' WHERE table_name = 'later'",
                        "INSERT INTO raw.etl_dead_letter (table_name, key, reason, message, load_id)"
                                + " VALUES ('later', '{\"id\": \"1\"}', 'row data', 'x', 'x')");
        await().atMost(SOON).until(() -> check("tables")
                .at("/data/without a success for three periods")
                .toString()
                .contains("\"later\""));
    }

    @Test
    void withoutTheTargetItIsAliveButNotReady() throws Exception {
        String loaded = "/observe/complete?table=good&loaded-up-to=2026-01-01T00:00:00Z";
        assertThat(get(loaded).statusCode()).isEqualTo(200);
        HttpResponse<String> late = get("/observe/complete?complete-up-to=2099-01-01T00:00:00Z&table=good");
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(json(late).at("/missing/0/table").asText()).isEqualTo("good");
        assertThat(get(loaded.replace("Z", "")).statusCode()).isEqualTo(400);
        assertThat(fixture.target()
                        .count("SELECT count(*) FROM raw.etl_table_metrics WHERE cycle_id IS NULL"
                                + " AND table_name = 'good' AND load_type IN ('full', 'unchanged')"))
                .isZero();

        toTarget.refuse();
        await().atMost(SOON).until(() -> get("/observe/health/ready").statusCode() == 503);
        assertThat(json(get("/observe/health/ready")).toString())
                .contains("the target database does not answer")
                .doesNotContain("source database");
        assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/observe/metrics").statusCode()).isEqualTo(200);
        await().atMost(SOON).until(() -> get(loaded).statusCode() == 503);
        assertThat(json(get(loaded)).path("verdict").asText()).isEqualTo("unknown");

        toTarget.accept();
        await().atMost(SOON).until(() -> get("/observe/health/ready").statusCode() == 200);
    }

    /** Takes requests and never answers; a request that waits for it must not delay the others. */
    @Tag(Extent.SLOW)
    @Test
    void withASilentTargetItIsAliveButNotReady() throws Exception {
        toTarget.lose();
        for (int i = 0; i < 6; i++) {
            http.sendAsync(request(i % 2 == 0 ? "/observe/metrics" : "/observe/health"), BodyHandlers.ofString());
        }
        await().atMost(SOON).until(() -> get("/observe/health/ready").statusCode() == 503);
        assertThat(json(get("/observe/health")).toString()).contains("the target database does not answer");
        assertThat(metrics()).contains("etl_table_lag_seconds{table=\"later\"} NaN");
        assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
        toTarget.resume();
    }

    @Test
    void aPausedTableIsNotComparedEither() throws Exception {
        fixture.source().execute("INSERT INTO compared VALUES (1)", "INSERT INTO compared_too VALUES (1)");
        await().atMost(SOON).until(() -> fixture.target().count("SELECT count(*) FROM raw.compared") == 1);
        client.exec("pause", "compared");
        awaitComparisons(2);

        fixture.target().execute("DELETE FROM raw.compared");
        awaitComparisons(2);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.compared")).isZero();

        client.exec("resume", "compared");
        await().atMost(SOON).until(() -> fixture.target().count("SELECT count(*) FROM raw.compared") == 1);
    }

    @Test
    void metricsFollowConventionsAndSurviveAReload() throws Exception {
        Path meters = ShippedRoutes.file(routes, "load-meters");
        Files.writeString(meters, Files.readString(meters) + "# edited\n");
        operation.reloadNow();
        fixture.source().execute("INSERT INTO good VALUES (4)");

        await().atMost(SOON).until(() -> metrics().contains("etl_rows_inserted_total{table=\"good\"} 4.0"));
        assertThat(metrics().lines().filter(line -> !line.startsWith("#")))
                .anyMatch(line -> line.startsWith("etl_rows_pulled_total{table=\"good\"}"))
                .anyMatch(line -> line.startsWith("etl_pulled_bytes_total{table=\"good\"}"))
                .anyMatch(
                        line -> line.startsWith("etl_load_duration_seconds_count{outcome=\"success\",table=\"good\"}"))
                .anyMatch(line -> line.startsWith("etl_table_lag_seconds{table=\"good\"}"))
                .anyMatch(line -> line.startsWith("etl_table_newest_change_age_seconds{table=\"good\"}"))
                .anyMatch(line -> line.startsWith("etl_table_waiting_seconds{table=\"good\"}"))
                .anyMatch(line -> line.startsWith("etl_table_watermark_age_seconds{table=\"good\"}"))
                .anyMatch(line -> line.startsWith("etl_reloads_total{result=\"applied\"} 1"))
                .anyMatch(line -> line.startsWith("hikaricp_connections_active{pool=\"target\"}"))
                .anyMatch(line -> line.startsWith("etl_monitoring_tracking_coverage_percent"))
                .anyMatch(line -> line.startsWith("process_files_open_files"))
                .allMatch(line -> line.matches("[a-z_]+(\\{[^{}]*})? (NaN|-?[0-9.E+-]+)"));
    }

    @Test
    void noOtherHttpRequestIsAnswered() throws Exception {
        assertThat(get("/").body()).contains("<title>");
        for (String path : List.of("/observe", "/observe/health/", "/observe/metrics/x", "/jolokia/", "/../etc")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE")) {
            HttpRequest request = HttpRequest.newBuilder(uri(management, "/observe/health"))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
                    .as(method)
                    .isEqualTo(405);
        }
    }

    @Test
    void anOperatorLoadsPausesComparesReplaysAndReloads() throws Exception {
        fixture.source().execute("INSERT INTO later VALUES (1)");
        assertThat(client.exec("load", "later")).endsWith("is queued");
        await().atMost(SOON).until(() -> fixture.target().count("SELECT count(*) FROM raw.later") == 1);

        await().atMost(SOON).until(() -> client.exec("loadFull", "later").endsWith("is queued"));
        await().atMost(SOON).until(() -> fixture.status("later", "load_reason").equals("asked for"));

        client.exec("verify", "later");
        await().atMost(SOON).until(() -> "equal".equals(fixture.status("later", "verify_result")));
        assertThat(client.exec("replay", "later")).contains("is queued");

        assertThat(client.exec("pause", "good")).contains("is paused");
        assertThat(client.exec("load", "good")).isEqualTo("good is paused; resume it first");
        fixture.source().execute("INSERT INTO good VALUES (9)");
        client.exec("resume", "good");
        await().atMost(SOON).until(() -> fixture.target().count("SELECT count(*) FROM raw.good") == 4);

        assertThat(client.exec("reload")).isEqualTo("all files match the running configuration");
        assertThat(client.post("{\"type\":\"exec\",\"mbean\":\"io.postgresloader:type=Loader\","
                                + "\"operation\":\"load\",\"arguments\":[\"nosuch\"]}")
                        .path("status")
                        .asInt())
                .isNotEqualTo(200);
    }

    @Test
    void theTablesMBeanShowsItsState() throws Exception {
        await().atMost(SOON)
                .until(() -> fixture.status("keyless", "load_status").equals("failed"));
        await().atMost(SOON)
                .until(() -> client.table("keyless", "LastError").asText().contains("has no key"));
        await().atMost(SOON).until(() -> client.table("later", "State").asText().equals("success"));
        assertThat(client.table("good", "LagSeconds").asLong()).isNotNegative();
        assertThat(client.table("good", "NewestChangeSeconds").asLong()).isNotNegative();
        assertThat(client.table("good", "WaitingAtMostSeconds").asLong()).isNotNegative();
        assertThat(client.table("good", "LastError").asText()).isEmpty();
    }

    @Test
    void whatThePolicyDoesNotNameIsForbidden() throws Exception {
        String context = "org.apache.camel:context=postgres-loader,type=";
        List<String> requests = List.of(
                "{'type':'exec','mbean':'" + context + "context,name=\\\"postgres-loader\\\"','operation':"
                        + "'sendBody(java.lang.String,java.lang.Object)','arguments':['direct:load-table','x']}",
                "{'type':'exec','mbean':'" + context + "routes,name=\\\"load-table\\\"','operation':'stop()'}",
                "{'type':'exec','mbean':'java.lang:type=Memory','operation':'gc'}",
                "{'type':'read','mbean':'java.lang:type=Runtime','attribute':'SystemProperties'}",
                "{'type':'write','mbean':'java.lang:type=Memory','attribute':'Verbose','value':true}",
                "{'type':'exec','mbean':'com.sun.management:type=DiagnosticCommand','operation':'vmSystemProperties'}");
        for (String request : requests) {
            assertThat(client.post(request.replace('\'', '"')).path("status").asInt())
                    .as(request)
                    .isEqualTo(403);
        }
    }

    /** By the login that the operator's browser keeps; a page of a Hawtio on this machine is none of these. */
    @Test
    void requestsFromOtherOriginsGetNothing() throws Exception {
        String load = "{\"type\":\"exec\",\"mbean\":\"io.postgresloader:type=Loader\",\"operation\":\"load\","
                + "\"arguments\":[\"later\"]}";
        for (String origin : List.of("http://evil.example", "null", "http://127.0.0.1.evil.example:80")) {
            assertThat(client.post(load, "Origin", origin).path("status").asInt())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(client.post(load, "Referer", "http://evil.example/?http://127.0.0.1:1")
                        .path("status")
                        .asInt())
                .isEqualTo(403);
        assertThat(client.post(load, "Origin", "http://127.0.0.1:8080")
                        .path("status")
                        .asInt())
                .isEqualTo(200);
    }

    /** Jolokia has a part that would hand a request on to any address that the request names. */
    @Test
    void noRequestIsForwardedToAnotherJvm() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + other.getLocalPort() + "/jmxrmi";
            CompletableFuture<Void> reached = CompletableFuture.runAsync(() -> {
                try {
                    other.accept().close();
                } catch (IOException nobodyCame) {
                    throw new UncheckedIOException(nobodyCame);
                }
            });

            client.post("{\"type\":\"search\",\"mbean\":\"org.apache.camel:*\",\"target\":{\"url\":\"" + url + "\"}}");

            assertThat(reached).isNotDone();
        }
    }

    @Test
    void onlyALoginListsTheRoutes() throws Exception {
        JsonNode found = client.post("{\"type\":\"search\",\"mbean\":\"org.apache.camel:type=routes,*\"}");
        assertThat(found.path("value").toString()).contains("load-chunk", "timer-good", "operator-worker");

        HttpRequest nameless =
                HttpRequest.newBuilder(uri(jolokia, "/jolokia/version")).build();
        assertThat(http.send(nameless, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    /** A message that says which statement its sql: endpoints are to run, and where its answer is to go. */
    @Test
    void headersThatControlCamelAreIgnored() {
        fixture.source().execute("INSERT INTO later VALUES (1)");
        Map<String, Object> headers = Map.of(
                "CamelSqlQuery", "DROP TABLE raw.good",
                // Camel ignores the case of header names.
                "camelsqlparameters", List.of("x"),
                "CamelBatchInsert", "true");
        for (String entry : List.of("direct:load-table", "direct:request-load")) {
            loader.template().requestBodyAndHeaders(entry, LoadRequest.due("later"), headers);
        }
        loader.template().requestBodyAndHeaders("direct:reconcile-table", "later", headers);

        assertThat(fixture.status("later", "load_status")).isEqualTo("success");
        assertThat(fixture.status("later", "verify_result")).isEqualTo("equal");
        assertThat(fixture.target().count("SELECT count(*) FROM raw.good")).isEqualTo(3);
    }

    @Test
    void passwordsAreNowhere() throws Exception {
        String shown = get("/observe/health").body() + metrics() + String.join("\n", JmxText.attributes());
        for (String secret : List.of(PASSWORD, SOURCE_PASSWORD)) {
            assertThat(shown.lines().filter(line -> line.contains(secret))).isEmpty();
        }
        assertThat(client.post("{\"type\":\"list\"}").toString()).doesNotContain(PASSWORD);
    }

    private void awaitComparisons(int number) {
        String ended = "SELECT count(*) FROM raw.etl_table_metrics WHERE table_name = 'compared_too'"
                + " AND load_type = 'reconcile'";
        long before = fixture.target().count(ended);
        await().atMost(SOON).until(() -> fixture.target().count(ended) >= before + number);
    }

    private JsonNode check(String name) throws Exception {
        for (JsonNode check : json(get("/observe/health")).path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name);
    }

    private String metrics() throws Exception {
        return get("/observe/metrics").body();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path), BodyHandlers.ofString());
    }

    /** Longer than this nobody who supervises a process waits for its answer. */
    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(uri(management, path)).timeout(SOON).build();
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
