package io.postgresloader.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.testing.ShippedRoutes;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The shipped route load-worker, over a load that ends in each of the ways in which loads end. */
final class LoadWorkerTest {
    private static final String ROW = "Detail: Key (LName)=(Doe) already exists.";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final LoadQueue queue = new LoadQueue(new LoadGate(), table -> true, request -> {});
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private enum LoadEnd {
        DONE(exchange -> {}),
        FAILED_AND_HANDLED(exchange -> {
            throw new IllegalStateException(ROW);
        }),
        FAILED_UNHANDLED(exchange -> {
            throw new SQLException(ROW, "23505");
        });

        private final Processor load;

        LoadEnd(Processor load) {
            this.load = load;
        }
    }

    @BeforeEach
    void capturesLog() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void stops() {
        context.stop();
        root().detachAppender(log);
    }

    @ParameterizedTest
    @EnumSource
    void tableLeavesTheQueueAfterAnyEndOfItsLoad(LoadEnd end) throws Exception {
        loadsFromWorker(end);

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(queue.size()).isZero());
    }

    @ParameterizedTest
    @EnumSource
    void valuesInExceptionTextsAreNotLogged(LoadEnd end) throws Exception {
        loadsFromWorker(end);

        await().until(() -> queue.size() == 0);
        context.stop();
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(text -> text.contains("Doe"));
    }

    private void loadsFromWorker(LoadEnd end) throws Exception {
        context.getPropertiesComponent().addInitialProperty("loader.workers", "1");
        context.getRegistry().bind("queue", queue);
        context.getRegistry().bind("failure", new FailureSteps(new SimpleMeterRegistry(), new LoadGate()));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true);
                from("direct:load-table").process(end.load);
            }
        });
        String route = "file:" + ShippedRoutes.file("load-worker").toAbsolutePath();
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.resolveMandatoryResource(context, route));
        context.start();
        queue.enter("patient", LoadRequest.due("patient"));
        context.createProducerTemplate()
                .sendBodyAndHeader(
                        "seda:load-requests?size=10000", LoadRequest.due("patient"), LoadQueue.TABLE, "patient");
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
