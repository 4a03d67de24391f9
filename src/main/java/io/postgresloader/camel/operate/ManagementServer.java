package io.postgresloader.camel.operate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.postgresloader.sql.Frames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Health, metrics and freshness by HTTP, health and metrics at the paths that Camel uses. The server answers GET and HEAD
 * of six paths, reads no request body and changes nothing, so that no login is required. The JDK's server is sufficient:
 * it uses a few threads, more than requests that wait for a silent database can occupy, and none while no request
 * arrives.
 */
public final class ManagementServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
    private static final int THREADS = 8;
    private static final int IDLE_SECONDS = 30;
    private static final String HEALTH = "/observe/health";
    private static final String LIVE = "/live";
    private static final String READY = "/ready";
    private static final String STARTED = "/started";
    private static final String METRICS = "/observe/metrics";
    private static final String COMPLETE = "/observe/complete";
    private static final String EXPOSITION = "text/plain; version=0.0.4; charset=utf-8";

    static {
        // Seconds that a client may take to send a request and to read the answer. The JDK reads them once, at the
        // start.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "30");
    }

    private final HttpServer server;
    private final Map<String, Function<String, Answer>> answers;
    private final ExecutorService threads = threads();

    private ManagementServer(HttpServer server, Map<String, Function<String, Answer>> answers) {
        this.server = server;
        this.answers = answers;
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Starts the server.
     *
     * @param port 0: any free port
     * @param complete answers whether tables are loaded up to a time
     * @throws IOException when the port is in use or the host is not an address of this machine
     */
    public static ManagementServer start(
            String host, int port, CamelContext context, PrometheusMeterRegistry meters, CompleteAnswers complete)
            throws IOException {
        ManagementServer server = new ManagementServer(
                listening(host, port),
                Map.of(
                        HEALTH,
                        query -> Answer.of(HealthReport.of(context)),
                        HEALTH + LIVE,
                        query -> Answer.of(HealthReport.live()),
                        HEALTH + READY,
                        query -> Answer.of(HealthReport.ready(context)),
                        HEALTH + STARTED,
                        query -> Answer.of(HealthReport.started(context)),
                        METRICS,
                        query -> new Answer(200, EXPOSITION, meters.scrape()),
                        COMPLETE,
                        complete));
        LOG.info("Health and metrics: http://{}:{}{} and {}", host, server.port(), HEALTH, METRICS);
        return server;
    }

    /**
     * Starts a server for the time before the loader has started: it is alive, and nothing else.
     *
     * @param check supplies the name of the check that is down
     * @param message supplies why it is down
     * @throws IOException when the port is in use or the host is not an address of this machine
     */
    public static ManagementServer beforeStart(String host, int port, Supplier<String> check, Supplier<String> message)
            throws IOException {
        Function<String, Answer> down = query -> Answer.of(HealthReport.down(check.get(), message.get()));
        return new ManagementServer(
                listening(host, port),
                Map.of(
                        HEALTH,
                        down,
                        HEALTH + LIVE,
                        query -> Answer.of(HealthReport.live()),
                        HEALTH + READY,
                        down,
                        HEALTH + STARTED,
                        down,
                        METRICS,
                        query -> new Answer(503, EXPOSITION, ""),
                        COMPLETE,
                        query -> Answer.json(503, Map.of("verdict", "unknown", "message", message.get()))));
    }

    private static HttpServer listening(String host, int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(host, port), 0);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static ExecutorService threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "management");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Function<String, Answer> answer =
                    answers.get(exchange.getRequestURI().getPath());
            String method = exchange.getRequestMethod();
            if (answer == null) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            } else {
                send(exchange, answer.apply(exchange.getRequestURI().getRawQuery()));
            }
        } catch (RuntimeException e) {
            LOG.error("{} could not be answered: {}", exchange.getRequestURI().getPath(), Frames.of(e));
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
