package io.postgresloader.camel.operate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.postgresloader.sql.Frames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Health, metrics, freshness and status by HTTP, health and metrics at the paths that Camel uses. The server answers GET and
 * HEAD of the routes that it is given, reads no request body and changes nothing, so that no login is required. The JDK's server is sufficient:
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
    /** The route of {@link CompleteAnswers}. */
    public static final String COMPLETE = "/observe/complete";
    /** The route of the status of all tables. */
    public static final String STATUS = "/observe/status";
    /** The route of the status of one table. */
    public static final String TABLE_STATUS = STATUS + "/tables/*";

    private static final String EXPOSITION = "text/plain; version=0.0.4; charset=utf-8";

    static {
        // Seconds that a client may take to send a request and to read the answer. The JDK reads them once, at the
        // start.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "30");
    }

    private final HttpServer server;
    private final Router router;
    private final HostRule hosts;
    private final ExecutorService threads = threads();

    private ManagementServer(String host, int port, Map<String, Answering> answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(host, port), 0);
        router = new Router(answers);
        hosts = new HostRule(server.getAddress().getAddress().isLoopbackAddress(), host);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Starts the server.
     *
     * @param port 0: any free port
     * @param more answers by route, in addition to health and metrics
     * @throws IOException when the port is in use or the host is not an address of this machine
     */
    public static ManagementServer start(
            String host,
            int port,
            CamelContext context,
            PrometheusMeterRegistry meters,
            Map<String, ? extends Answering> more)
            throws IOException {
        Map<String, Answering> answers = new LinkedHashMap<>(more);
        answers.put(HEALTH, request -> Answer.of(HealthReport.of(context)));
        answers.put(HEALTH + LIVE, request -> Answer.of(HealthReport.live()));
        answers.put(HEALTH + READY, request -> Answer.of(HealthReport.ready(context)));
        answers.put(HEALTH + STARTED, request -> Answer.of(HealthReport.started(context)));
        answers.put(METRICS, request -> new Answer(200, EXPOSITION, meters.scrape()));
        ManagementServer server = new ManagementServer(host, port, answers);
        LOG.info("Status page: http://{}:{}/, health and metrics: {} and {}", host, server.port(), HEALTH, METRICS);
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
        Answering down = request -> Answer.of(HealthReport.down(check.get(), message.get()));
        Answering unknown = request -> Answer.json(503, Map.of("verdict", "unknown", "message", message.get()));
        Answering starting = request -> Answer.error(503, message.get()).later();
        Map<String, Answering> answers = new LinkedHashMap<>(PageAnswers.beforeStart(message));
        answers.put(HEALTH, down);
        answers.put(HEALTH + LIVE, request -> Answer.of(HealthReport.live()));
        answers.put(HEALTH + READY, down);
        answers.put(HEALTH + STARTED, down);
        answers.put(METRICS, request -> new Answer(503, EXPOSITION, ""));
        answers.put(COMPLETE, unknown);
        answers.put(STATUS, starting);
        answers.put(TABLE_STATUS, starting);
        return new ManagementServer(host, port, answers);
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
            Answer answer;
            try {
                answer = answerOf(exchange);
            } catch (RuntimeException e) {
                LOG.error(
                        "{} could not be answered: {}", exchange.getRequestURI().getPath(), Frames.of(e));
                answer = Answer.error(500, "the loader could not answer; its log names the reason");
            }
            AnswerWriter.send(exchange, answer);
        }
    }

    private Answer answerOf(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        if (!hosts.allows(exchange.getRequestHeaders().getFirst("Host"))) {
            return Answer.error(
                    421, "the header Host is not a name of this machine's loopback address, such as localhost");
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.error(405, "only GET and HEAD are allowed").with("Allow", "GET, HEAD");
        }
        URI uri = exchange.getRequestURI();
        return router.match(uri.getRawPath())
                .map(match -> match.answering()
                        .answer(new Request(
                                match.segment(),
                                uri.getRawQuery(),
                                Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-None-Match")))))
                .orElseGet(() -> Answer.error(404, "there is nothing at this path"));
    }
}
