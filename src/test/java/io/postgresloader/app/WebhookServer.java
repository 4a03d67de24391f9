package io.postgresloader.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.postgresloader.testing.Canary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A webhook that takes JSON, and answers as the test says: with 200 after the answers that were set. */
final class WebhookServer implements AutoCloseable {
    /** What is a secret of the address. */
    static final String SECRET = "T0K3N";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile long pauseMillis;
    private HttpServer server;

    /** It does not listen before {@link #start()}. */
    WebhookServer() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WebhookServer start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/hook/" + SECRET, this::take);
        server.start();
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + port + "/hook/" + SECRET;
    }

    /** The next requests are answered with these codes of status. */
    WebhookServer answers(Integer... statuses) {
        answers.addAll(List.of(statuses));
        return this;
    }

    /** Requests are not answered until the latch is released. */
    CountDownLatch hold() {
        held = new CountDownLatch(1);
        return held;
    }

    /** It takes so long for each answer. */
    WebhookServer slow(Duration pause) {
        pauseMillis = pause.toMillis();
        return this;
    }

    /** Each request: the status of its answer, the kind, the table. */
    List<String> received() {
        return received.stream()
                .map(message -> message.path("status").asText() + " "
                        + message.path("kind").asText() + " "
                        + message.path("table").asText())
                .toList();
    }

    /** The text of the messages that were taken, in order. */
    List<String> texts() {
        return received.stream()
                .filter(message -> message.path("status").asInt() == 200)
                .map(message -> message.path("text").asText())
                .toList();
    }

    /** The ids of all requests, in order. */
    List<String> ids() {
        return received.stream().map(message -> message.path("id").asText()).toList();
    }

    List<String> sightings() {
        return Canary.sightings(String.join("\n", bodies));
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonNode message = JSON.readTree(body);
        Integer set = answers.poll();
        int status = set == null ? 200 : set;
        ((ObjectNode) message).put("status", status);
        bodies.add(message.toString());
        received.add(message);
        try {
            held.await();
            Thread.sleep(pauseMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        held.countDown();
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }
}
