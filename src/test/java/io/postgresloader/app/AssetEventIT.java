package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.ShippedRoutes;
import io.postgresloader.tracking.LoadLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example route in a running loader posts each round that has ended to a stub of Airflow. */
class AssetEventIT {
    private static final Path EXAMPLE = Path.of("docker", "airflow", "asset-event.camel.yaml");

    private static final String TOKEN = "token-of-airflow";

    private final LoaderFixture fixture = new LoaderFixture();
    private final List<String> received = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Also while a table of another round runs all the time, and when Airflow does not accept each event at once. */
    @Test
    void eachRoundThatHasEndedIsPostedOnce() throws Exception {
        fixture.source().execute("CREATE TABLE claim (Id int PRIMARY KEY)", "INSERT INTO claim VALUES (1), (2)");
        fixture.tables("claim: {schedule: 1s}\n");
        HttpServer airflow = airflow();
        Map<String, String> environment = new HashMap<>(fixture.environment());
        environment.put("ROUTES_DIR", routes().toString());
        environment.put(
                "AIRFLOW_URL", "http://127.0.0.1:" + airflow.getAddress().getPort());
        environment.put("AIRFLOW_ASSET_ID", "7");
        environment.put("AIRFLOW_TOKEN", TOKEN);
        Path log = directory.resolve("log");
        fixture.load("claim");
        fixture.target()
                .execute("INSERT INTO raw.etl_load_status (table_name, load_status) VALUES ('other', 'running')"
                        + " ON CONFLICT (table_name) DO UPDATE SET load_status = 'running'");
        try (LoadLock running =
                LoadLock.tryTake(fixture.services().warehouse(), "other").orElseThrow()) {
            Process loader = JarRun.start(environment, List.of(), log, "run");
            try {
                await().atMost(Duration.ofSeconds(90)).until(() -> received.size() > 3 || !loader.isAlive());
            } finally {
                loader.destroy();
                loader.waitFor();
                airflow.stop(0);
            }
            assertThat(running.held()).isTrue();
        }
        List<String> rounds = fixture
                .target()
                .rows("SELECT cycle_id FROM raw.etl_table_metrics WHERE cycle_id IS NOT NULL ORDER BY id")
                .stream()
                .distinct()
                .toList();
        assertThat(received).as(Files.readString(log)).allMatch(post -> post.startsWith("Bearer " + TOKEN + " {"));
        List<String> posted = received.stream()
                .map(post -> post.replaceAll(".*\"cycle_id\" : \"([^\"]*)\".*", "$1"))
                .toList();
        assertThat(posted).doesNotHaveDuplicates();
        assertThat(rounds).containsSubsequence(posted);
        int first = rounds.indexOf(posted.get(0));
        assertThat(rounds.subList(first, first + posted.size())).isEqualTo(posted);
        assertThat(received)
                .anyMatch(post -> post.contains("{\"asset_id\" : 7, \"extra\" : {\"cycle_id\" : \"")
                        && post.contains("\"loads\" : 1, \"rows\" : "));
        assertThat(log).content().doesNotContain(TOKEN);
    }

    /** After the first event, it accepts none for a while, in which several rounds end. */
    private HttpServer airflow() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer airflow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        airflow.createContext("/api/v2/assets/events", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int request = requests.incrementAndGet();
            boolean accepted = request == 1 || request > 15;
            if (accepted) {
                received.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            }
            exchange.sendResponseHeaders(accepted ? 200 : 503, -1);
            exchange.close();
        });
        airflow.start();
        return airflow;
    }

    /** The example looks more often than it does for users. */
    private Path routes() throws IOException {
        Path routes = ShippedRoutes.copyTo(Files.createDirectory(directory.resolve("routes")));
        String text = Files.readString(EXAMPLE);
        assertThat(text).contains("period: \"15000\"", "interval '5 seconds'");
        Files.writeString(
                routes.resolve("asset-event.camel.yaml"),
                text.replace("period: \"15000\"", "period: \"200\"")
                        .replace("interval '5 seconds'", "interval '0 seconds'"));
        return routes;
    }
}
