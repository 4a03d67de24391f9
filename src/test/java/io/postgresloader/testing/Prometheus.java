package io.postgresloader.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A Prometheus that reads one loader every two seconds, by the shipped configuration and rules. A rule waits for one second
 * only before it fires.
 */
public final class Prometheus implements AutoCloseable {
    private static final Path SHIPPED = Path.of("docker", "observe");

    private final int port = LoaderMetrics.freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;

    private Prometheus(Path directory) throws IOException {
        process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + directory.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    /** Whether the programs of Prometheus are on the path. */
    public static boolean isInstalled() {
        return Stream.of("prometheus", "promtool").allMatch(Prometheus::isProgram);
    }

    private static boolean isProgram(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }

    /** @param loader the management port of the loader */
    public static Prometheus start(int loader) throws IOException {
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "prometheus")), "p");
        Files.writeString(
                directory.resolve("prometheus.yml"),
                Files.readString(SHIPPED.resolve("prometheus.yml"))
                        .replace("loader:9876", "127.0.0.1:" + loader)
                        .replaceAll("(scrape_interval|scrape_timeout): .*", "$1: 2s")
                        .replaceAll("evaluation_interval: .*", "evaluation_interval: 1s"));
        Files.writeString(
                directory.resolve("alerts.yml"),
                Files.readString(SHIPPED.resolve("alerts.yml")).replaceAll("(?m)^( +for): .*", "$1: 1s"));
        return new Prometheus(directory);
    }

    public boolean isReady() throws IOException, InterruptedException {
        try {
            return http.send(request("/-/ready"), BodyHandlers.ofString()).statusCode() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    /** The samples that an expression has now, each with its labels ({@code metric}) and {@code value}. */
    public JsonNode query(String expression) throws IOException, InterruptedException {
        return data("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result");
    }

    /** The alerts that fire, each as {@code name} or, for one of a table, {@code name table}. */
    public Set<String> firing() throws IOException, InterruptedException {
        Set<String> firing = new TreeSet<>();
        for (JsonNode alert : alerts()) {
            if (alert.path("state").asText().equals("firing")) {
                JsonNode labels = alert.path("labels");
                firing.add((labels.path("alertname").asText() + " "
                                + labels.path("table").asText())
                        .strip());
            }
        }
        return firing;
    }

    /** All alerts that fire or are about to, with labels and annotations. */
    public JsonNode alerts() throws IOException, InterruptedException {
        return data("/api/v1/alerts").path("alerts");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private JsonNode data(String path) throws IOException, InterruptedException {
        JsonNode answer = new ObjectMapper()
                .readTree(http.send(request(path), BodyHandlers.ofString()).body());
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(path + ": " + answer);
        }
        return answer.path("data");
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
    }
}
