package io.postgresloader.testing;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A client of a loader's JMX by HTTP, with its login. */
public final class JolokiaClient {
    private static final String LOADER = "io.postgresloader:type=Loader";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final String login;

    public JolokiaClient(int port, String user, String password) {
        address = URI.create("http://127.0.0.1:" + port + "/jolokia/");
        login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Calls an operation of the loader's own MBean; its answer. */
    public String exec(String operation, String... arguments) throws IOException, InterruptedException {
        JsonNode answer = post(Map.of(
                "type", "exec", "mbean", LOADER, "operation", operation, "arguments", List.of((Object[]) arguments)));
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(200);
        return answer.path("value").asText();
    }

    /** An attribute of a table's MBean. */
    public JsonNode table(String table, String attribute) throws IOException, InterruptedException {
        String bean = "io.postgresloader:type=Table,name=\"" + table + "\"";
        return post(Map.of("type", "read", "mbean", bean, "attribute", attribute))
                .path("value");
    }

    /** The answer to any request. */
    public JsonNode post(Map<String, ?> request, String... headers) throws IOException, InterruptedException {
        return post(new ObjectMapper().writeValueAsString(request), headers);
    }

    /** The answer to any request, written as JSON. */
    public JsonNode post(String request, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(address)
                .header("Authorization", "Basic " + login)
                .POST(HttpRequest.BodyPublishers.ofString(request));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return new ObjectMapper()
                .readTree(http.send(builder.build(), HttpResponse.BodyHandlers.ofString())
                        .body());
    }
}
