package io.postgresloader.app;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postgresloader.testing.LoaderMetrics;
import io.postgresloader.testing.TcpProxy;
import io.postgresloader.testing.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A running loader with its management server, which reaches its target through a proxy. */
final class OperatedLoader implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LoaderFixture fixture;
    private final TcpProxy toTarget = new TcpProxy(TestServers.postgres().port());
    private final int port = LoaderMetrics.freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private Session session;
    private Loader loader;
    private Operation operation;

    /** @param fixture its settings and table list are those of the loader */
    OperatedLoader(LoaderFixture fixture) {
        this.fixture = fixture;
    }

    OperatedLoader start() throws Exception {
        String direct = fixture.environment().get("TARGET_URL");
        fixture.set("MANAGEMENT_PORT", String.valueOf(port))
                .set("TARGET_URL", direct.replaceFirst(":\\d+/", ":" + toTarget.port() + "/"))
                .set("LOADER_RETRIES", "0");
        session = Session.open(fixture.configuration());
        loader = session.loader();
        loader.start();
        operation = Operation.start(session, loader);
        return this;
    }

    Session session() {
        return session;
    }

    Loader loader() {
        return loader;
    }

    TcpProxy toTarget() {
        return toTarget;
    }

    int port() {
        return port;
    }

    void awaitState(String table, String state) {
        await().atMost(SOON)
                .until(() -> state.equals(fixture.target()
                        .value("SELECT max(state) FROM raw.etl_table_state WHERE table_name = '" + table + "'")));
    }

    /** @param headers name and value by turns */
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path).body());
    }

    @Override
    public void close() {
        operation.close();
        loader.close();
        session.close();
        toTarget.close();
        fixture.close();
    }
}
