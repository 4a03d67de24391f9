package io.postgresloader.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTest {
    private static final String EVENT = "{\"asset_id\": 7}";

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private HttpServer airflow;
    private String url;

    @BeforeEach
    void listens() throws IOException {
        airflow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        airflow.createContext("/api/v2/assets/events", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        airflow.start();
        url = "http://127.0.0.1:" + airflow.getAddress().getPort() + "/api/v2/assets/events";
    }

    @AfterEach
    void stops() {
        airflow.stop(0);
    }

    @Test
    void eachEventIsPostedOnce() throws Exception {
        Webhook webhook = new Webhook(Map.of("AIRFLOW_TOKEN", "abc"));
        webhook.postOnce("round 1", EVENT, url, "AIRFLOW_TOKEN");
        webhook.postOnce("round 1", EVENT, url, "AIRFLOW_TOKEN");
        webhook.postOnce("round 2", EVENT, url, "AIRFLOW_TOKEN");

        assertThat(received).containsExactly("POST Bearer abc " + EVENT, "POST Bearer abc " + EVENT);
    }

    @Test
    void anEventThatIsNotAcceptedIsPostedAgain() throws Exception {
        Webhook webhook = new Webhook(Map.of("AIRFLOW_TOKEN", "abc"));
        status.set(401);
        assertThatThrownBy(() -> webhook.postOnce("round 1", EVENT, url, "AIRFLOW_TOKEN"))
                .isInstanceOf(IOException.class)
                .hasMessage(url + " answered with status 401 instead of 2xx");
        status.set(201);
        webhook.postOnce("round 1", EVENT, url, "AIRFLOW_TOKEN");

        assertThat(received).hasSize(2);
    }

    @Test
    void theTokenIsReadForEachEvent(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "first\n");
        Webhook webhook = new Webhook(Map.of("AIRFLOW_TOKEN_FILE", file.toString()));
        webhook.postOnce("round 1", EVENT, url, "AIRFLOW_TOKEN");
        Files.writeString(file, "second");
        webhook.postOnce("round 2", EVENT, url, "AIRFLOW_TOKEN");

        assertThat(received).containsExactly("POST Bearer first " + EVENT, "POST Bearer second " + EVENT);
    }

    @Test
    void aMissingTokenIsNamed() {
        assertThatThrownBy(() -> new Webhook(Map.of()).postOnce("round 1", EVENT, url, "AIRFLOW_TOKEN"))
                .hasMessage("no token for the webhook; set AIRFLOW_TOKEN or AIRFLOW_TOKEN_FILE");
        assertThat(received).isEmpty();
    }
}
