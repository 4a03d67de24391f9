package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.ShippedRoutes;
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

    @Test
    void aRoundThatHasEndedIsPosted() throws Exception {
        fixture.source().execute("CREATE TABLE claim (Id int PRIMARY KEY)", "INSERT INTO claim VALUES (1), (2)");
        fixture.tables("claim:\n");
        HttpServer airflow = airflow();
        Map<String, String> environment = new HashMap<>(fixture.environment());
        environment.put("ROUTES_DIR", routes().toString());
        environment.put(
                "AIRFLOW_URL", "http://127.0.0.1:" + airflow.getAddress().getPort());
        environment.put("AIRFLOW_ASSET_ID", "7");
        environment.put("AIRFLOW_TOKEN", TOKEN);
        Path log = directory.resolve("log");
        Process loader = JarRun.start(environment, List.of(), log, "run");
        try {
            await().atMost(Duration.ofSeconds(90)).until(() -> !received.isEmpty() || !loader.isAlive());
        } finally {
            loader.destroy();
            loader.waitFor();
            airflow.stop(0);
        }
        String cycle = fixture.target().value("SELECT DISTINCT cycle_id FROM raw.etl_table_metrics");
        assertThat(received)
                .as(Files.readString(log))
                .containsExactly("Bearer " + TOKEN + " {\"asset_id\" : 7, \"extra\" : {\"cycle_id\" : \"" + cycle
                        + "\", \"loads\" : 1, \"rows\" : 2}}");
        assertThat(log).content().doesNotContain(TOKEN);
    }

    private HttpServer airflow() throws IOException {
        HttpServer airflow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        airflow.createContext("/api/v2/assets/events", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            exchange.sendResponseHeaders(200, -1);
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
