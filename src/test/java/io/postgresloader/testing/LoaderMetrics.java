package io.postgresloader.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The metrics of a running loader, as Prometheus would read them. */
public final class LoaderMetrics {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    public LoaderMetrics(int port) {
        address = URI.create("http://127.0.0.1:" + port + "/observe/metrics");
    }

    /** All of them. */
    public String text() throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /**
     * The sum of a meter over its labels.
     *
     * @param prefix the name, and as much of the labels as matters
     */
    public double sum(String prefix) throws IOException, InterruptedException {
        return text().lines()
                .filter(line -> line.startsWith(prefix))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** A port that nobody listens on. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
