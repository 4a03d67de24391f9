package io.postgresloader.demo.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Asks a running loader for work, over JMX by HTTP. */
final class LoaderJmx {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USER = "benchmark";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    LoaderJmx(int port) {
        this.port = port;
    }

    /** The settings with which the loader listens here. */
    Map<String, String> settings() {
        return Map.of(
                "JOLOKIA_HOST",
                "127.0.0.1",
                "JOLOKIA_PORT",
                String.valueOf(port),
                "JOLOKIA_USER",
                USER,
                "JOLOKIA_PASSWORD",
                USER);
    }

    /** Calls an operation of the loader's MBean on a table. */
    void call(String operation, String table) throws IOException, InterruptedException {
        String request = JSON.writeValueAsString(Map.of(
                "type",
                "exec",
                "mbean",
                "io.postgresloader:type=Loader",
                "operation",
                operation,
                "arguments",
                List.of(table)));
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/jolokia/"))
                        .header("Authorization", "Basic " + login())
                        .POST(HttpRequest.BodyPublishers.ofString(request))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode answer = JSON.readTree(response.body());
        if (answer.path("status").asInt() != 200
                || !answer.path("value").asText().contains("queued")) {
            throw new IOException("the running loader does not take the request " + operation + ": " + answer);
        }
    }

    private static String login() {
        return Base64.getEncoder().encodeToString((USER + ":" + USER).getBytes(StandardCharsets.UTF_8));
    }
}
