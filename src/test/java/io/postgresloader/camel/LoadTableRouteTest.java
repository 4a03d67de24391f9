package io.postgresloader.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.testing.ShippedRoutes;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What flows where through the shipped routes load-table, load-attempt, errors and load-failed, and what each failure leads to. */
class LoadTableRouteTest extends CamelTestSupport {
    private static final int RETRIES = 2;

    private final Script script = new Script();
    private final LoadGate gate = new LoadGate();

    /** Plays a load of some chunks; each attempt at a chunk ends as the script says. */
    public static final class Script {
        private final Deque<Exception> attempts = new ArrayDeque<>();
        private boolean harmless;
        private int chunks = 3;
        private String end = "none";

        public void accept(Exchange exchange) {
            exchange.setVariable(LoadVariables.REQUEST, LoadRequest.due("t"));
        }

        public void discard() {}

        public String claim() {
            return "claim";
        }

        public String plan() {
            return "plan";
        }

        public Script begin() {
            return this;
        }

        public boolean isUnfinished() {
            return chunks > 0;
        }

        public void end() {
            end = "success";
        }

        public void endFailed() {
            end = "failed";
        }

        void chunk(Exchange exchange) throws Exception {
            Exception failure = attempts.poll();
            if (failure != null && failure.getMessage() != null) {
                throw failure;
            }
            chunks--;
        }

        Script attempts(Exception... failures) {
            attempts.addAll(Arrays.asList(failures));
            return this;
        }
    }

    /** No table was there before. */
    public static final class Adoption {
        public boolean due() {
            return false;
        }
    }

    /** The real bean, but for what it would ask of the load. */
    public static final class Failures {
        private final FailureSteps real;
        private final Script script;

        Failures(Script script, LoadGate gate) {
            this.real = new FailureSteps(new SimpleMeterRegistry(), gate);
            this.script = script;
        }

        public boolean mayPass(Exchange exchange) {
            return real.mayPass(exchange);
        }

        public void keep(Exchange exchange) {
            real.keep(exchange);
        }

        public boolean leavesTrace() {
            return !script.harmless;
        }

        public void unrecorded() {}
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getPropertiesComponent().addInitialProperty("loader.retries", String.valueOf(RETRIES));
        context.getPropertiesComponent().addInitialProperty("loader.retry_delay", "1");
        context.getPropertiesComponent().addInitialProperty("loader.retry_delay_max", "1");
        context.getRegistry().bind("adoption", new Adoption());
        context.getRegistry().bind("load", script);
        context.getRegistry().bind("failure", new Failures(script, gate));
        context.getRegistry().bind("sayRetrying", (Processor) exchange -> {});
        return context;
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:load-chunk")
                        .errorHandler(noErrorHandler())
                        .to("mock:chunk")
                        .process(script::chunk);
                for (String next : List.of("finish-load", "fail-load", "load-meters")) {
                    from("direct:" + next).to("mock:" + next);
                }
            }
        };
    }

    @BeforeEach
    void loadsTheShippedRoutes() throws Exception {
        for (String file : List.of("errors", "inner", "entrance", "load-table", "load-attempt", "load-failed")) {
            String location = "file:" + file(file).toAbsolutePath();
            PluginHelper.getRoutesLoader(context())
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(context(), location));
        }
    }

    /** The file of a route. */
    Path file(String route) {
        return ShippedRoutes.file(route);
    }

    @Test
    void aLoadGoesThroughItsChunksAndFinishes() throws Exception {
        expect(3, 1, 0);
        assertThat(script.end).isEqualTo("success");
    }

    @Test
    void aTransientFailureIsRetriedAfterTheLastChunk() throws Exception {
        script.attempts(done(), lost(), lost());
        expect(5, 1, 0);
        assertThat(script.end).isEqualTo("success");
    }

    @Test
    void retriesEndWithTheLastAttempt() throws Exception {
        script.attempts(lost(), lost(), lost());
        expect(1 + RETRIES, 0, 1);
        assertThat(script.end).isEqualTo("failed");
    }

    @Test
    void noRetryBeginsWhileAReloadOfRoutesWaits() throws Exception {
        gate.enter();
        CompletableFuture<Boolean> replacing = CompletableFuture.supplyAsync(this::replaceNothing);
        await().until(gate::breaksOff);
        script.attempts(lost());
        expect(1, 0, 1);

        gate.leave();
        assertThat(replacing.join()).isTrue();
    }

    private boolean replaceNothing() {
        try {
            return gate.whenIdle(() -> {});
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"42P01", "42501", "XX000"})
    void anyOtherFailureEndsTheLoadAtOnce(String sqlState) throws Exception {
        script.attempts(done(), new SQLException("values of a row", sqlState));
        expect(2, 0, 1);
        assertThat(script.end).isEqualTo("failed");
    }

    @Test
    void aHarmlessFailureIsNotRecorded() throws Exception {
        script.harmless = true;
        script.attempts(new IllegalStateException("epoch lost"));
        expect(1, 0, 0);
        assertThat(script.end).isEqualTo("failed");
    }

    @Test
    void aHeaderThatSteersCamelDoesNotReachTheSteps() throws Exception {
        mock("mock:chunk").expectedMessageCount(3);
        mock("mock:chunk").allMessages().header("CamelSqlQuery").isNull();
        mock("mock:chunk").allMessages().header("mine").isEqualTo("kept");

        template().sendBodyAndHeaders("direct:load-table", "request", Map.of("CamelSqlQuery", "x", "mine", "kept"));

        MockEndpoint.assertIsSatisfied(context());
    }

    /** Runs the load; every load is counted by the meters, however it ends. */
    private void expect(int chunks, int finishes, int failures) throws Exception {
        mock("mock:chunk").expectedMessageCount(chunks);
        mock("mock:finish-load").expectedMessageCount(finishes);
        mock("mock:fail-load").expectedMessageCount(failures);
        mock("mock:load-meters").expectedMessageCount(1);
        template().sendBody("direct:load-table", "request");
        MockEndpoint.assertIsSatisfied(context());
    }

    private MockEndpoint mock(String uri) {
        return getMockEndpoint(uri);
    }

    private static Exception done() {
        return new Exception();
    }

    private static Exception lost() {
        return new SQLException("values of a row", "08006");
    }
}
