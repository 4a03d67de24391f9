package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.camel.ChunkTransaction;
import io.postgresloader.camel.TableTimers;
import io.postgresloader.camel.reload.RouteBench;
import io.postgresloader.camel.reload.RouteDirectory;
import io.postgresloader.camel.reload.RunningRoutes;
import io.postgresloader.testing.Canary;
import io.postgresloader.testing.ShippedRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.SimpleTransactionStatus;

/** An exception leaves every step of every route, with a value in its text, and the log at DEBUG does not show the value. */
class FailingRoutesLogTest {
    /** A user's routes have Camel's default error handler. */
    private static final String OWN_ROUTES =
            """
            - route:
                id: own-timer
                from:
                  uri: "timer:own?period=50"
                  steps:
                    - setBody: {id: own-timer-step, constant: x}
                    - to: {id: own-timer-to, uri: "seda:own"}
            - route:
                id: own-seda
                from:
                  uri: seda:own
                  steps:
                    - setBody: {id: own-seda-step, constant: x}
                    - wireTap: {id: own-seda-tap, uri: "direct:own"}
                    - to: {id: own-seda-to, uri: "direct:own"}
            - route:
                id: own-direct
                from:
                  uri: direct:own
                  steps:
                    - loop:
                        id: own-direct-loop
                        constant: "2"
                        steps:
                          - setHeader: {id: own-direct-step, name: x, constant: x}
                    - multicast:
                        id: own-direct-multicast
                        parallelProcessing: "true"
                        steps:
                          - setHeader: {id: own-direct-parallel, name: x, constant: x}
                          - setHeader: {id: own-direct-parallel-too, name: x, constant: x}
            """;

    /** Those whose methods route files name. */
    private static final List<String> BEANS = List.of(
            "load",
            "unchanged",
            "chunk",
            "deadLetters",
            "failure",
            "queue",
            "adoption",
            "retention",
            "reconcile",
            "changes",
            "outbox",
            "webhookChannel",
            "mailChannel",
            "operator");

    private final Stub stub = new Stub();
    private final Map<String, Object> beans = new HashMap<>();
    private final FailingSteps steps = new FailingSteps(stub);
    private final RouteBench bench = new RouteBench();
    private LogCapture log;

    @TempDir
    private Path directory;

    /** Answers the expressions of the routes so that each step is reached. */
    public static final class Stub {
        private final AtomicInteger asked = new AtomicInteger();

        /** Half of the failures are retried. */
        public boolean mayPass() {
            return asked.incrementAndGet() % 2 == 0;
        }

        /** One chunk per load. */
        public boolean isUnfinished() {
            return asked.incrementAndGet() % 2 == 0;
        }

        public boolean leavesTrace() {
            return true;
        }

        public boolean due() {
            return true;
        }

        public boolean wanted() {
            return true;
        }

        public boolean enter() {
            return true;
        }

        public boolean begin() {
            return true;
        }

        public boolean isEmpty() {
            return false;
        }

        public List<Stub> loads() {
            return List.of(this);
        }

        /** Any, so that each is reached some time. */
        public String getChannel() {
            return List.of("log", "webhook", "mail")
                    .get(ThreadLocalRandom.current().nextInt(3));
        }

        public String getText() {
            return "";
        }

        public boolean isExhausted() {
            return false;
        }

        /** What all bean steps call; none is carried out. */
        public Object step() {
            return this;
        }
    }

    private static final class NoTransactions implements PlatformTransactionManager {
        @Override
        public TransactionStatus getTransaction(TransactionDefinition definition) {
            return new SimpleTransactionStatus();
        }

        @Override
        public void commit(TransactionStatus status) {}

        @Override
        public void rollback(TransactionStatus status) {}
    }

    @BeforeEach
    void routesRun() throws Exception {
        log = new LogCapture();
        beans.putAll(bench.beans);
        BEANS.forEach(bean -> bind(bean, stub));
        bind("chunkResults", (AggregationStrategy) (sum, batch) -> batch);
        bind("chunkTransaction", new ChunkTransaction(new NoTransactions()));
        bench.context.getPropertiesComponent().addInitialProperty("loader.retries", "1");
        bench.context.getPropertiesComponent().addInitialProperty("loader.retry_delay", "1");
        bench.context.getPropertiesComponent().addInitialProperty("loader.retry_delay_max", "1");
        bench.context.getPropertiesComponent().addInitialProperty("loader.reconcile_poll", "50");
        bench.context.getPropertiesComponent().addInitialProperty("loader.gather", "50");
        bench.context.getPropertiesComponent().addInitialProperty("notify.period", "50");
        bench.context.getShutdownStrategy().setTimeout(1);
        bench.context.getCamelContextExtension().addInterceptStrategy(steps);
        RunningRoutes running = new RunningRoutes(bench.context, new TableTimers(bench.context));
        running.begin(new RouteDirectory(files()).read().values(), beans);
        bench.context.start();
        TableTimers.add(bench.context, "some_table", Duration.ofMillis(50), 1);
    }

    private Path files() throws IOException {
        for (Path file : ShippedRoutes.all()) {
            String text = Files.readString(file)
                    .replaceAll("(ref: \\w+\\n\\s+method: )\\w+", "$1step")
                    .replaceAll("\"(6h|1m)\"", "50");
            Files.writeString(directory.resolve(file.getFileName()), text);
        }
        Files.writeString(directory.resolve("own.camel.yaml"), OWN_ROUTES);
        return directory;
    }

    private void bind(String name, Object bean) {
        bench.context.getRegistry().unbind(name);
        bench.context.getRegistry().bind(name, bean);
        beans.put(name, bean);
    }

    @AfterEach
    void stop() {
        bench.close();
        log.close();
    }

    @Test
    void aValueInAnExceptionIsInNoFormatOfTheLog() {
        for (String route : steps.routes()) {
            for (String step : steps.steps(route)) {
                steps.failFrom(route, step);
                send(route);
                awaitFailure(step);
            }
        }
        // A load fails, what ends it fails, and the worker's last resort as well.
        steps.fail(List.of("load-table/load-table-end", "load-failed/load-failed-keep"));
        awaitFailure("load-worker/load-worker-say-so");
        steps.fail(List.of());
        bench.close();

        assertThat(steps.routes()).contains("load-chunk", "pull-page", "remove-old", "timer-some_table", "own-direct");
        assertThat(steps.thrown()).contains("load-failed/load-failed-log", "pull-page/pull-page-fails");
        assertThat(log.text()).contains("DEBUG");
        assertThat(log.json()).contains("\"formattedMessage\":");
        assertThat(Canary.sightings(log.text())).isEmpty();
        assertThat(Canary.sightings(log.json())).isEmpty();
    }

    private void awaitFailure(String step) {
        await(step)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> steps.thrown().contains(step));
    }

    /** To the route, if it waits for a message, and to those that call it. One with a timer begins by itself. */
    private void send(String id) {
        try (ProducerTemplate template = bench.context.createProducerTemplate()) {
            for (String route : List.of(id, "load-table", "load-failed", "request-operation")) {
                String endpoint = bench.context.getRoute(route).getEndpoint().getEndpointUri();
                if (endpoint.startsWith("direct:")) {
                    template.send(endpoint, steps::fill);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
