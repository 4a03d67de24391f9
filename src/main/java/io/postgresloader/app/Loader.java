package io.postgresloader.app;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;
import io.postgresloader.camel.ChunkSteps;
import io.postgresloader.camel.FailureSteps;
import io.postgresloader.camel.LoadQueue;
import io.postgresloader.camel.LoadSteps;
import io.postgresloader.camel.RawRows;
import io.postgresloader.camel.TypedParameters;
import io.postgresloader.config.Settings;
import io.postgresloader.load.Chunks;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.Loads;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.TableOptions;
import io.postgresloader.sql.Identifiers;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.Main;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The routes in a running Camel context: everything that route files name is bound here. */
final class Loader implements AutoCloseable {
    /** Seconds; a container kills after ten. */
    private static final int SHUTDOWN_TIMEOUT = 6;

    private final Main main = new Main();
    private ProducerTemplate template;
    private final MeterRegistry meters = new JmxMeterRegistry(JmxConfig.DEFAULT, Clock.SYSTEM);

    /** @param camelProperties settings of Camel itself, {@code camel.*} */
    Loader(Settings settings, Map<String, String> camelProperties, Databases databases, LoadServices services) {
        bindBeans(databases, services);
        configure(settings);
        camelProperties.forEach(main::addInitialProperty);
    }

    void start() throws Exception {
        main.start();
        template = main.getCamelTemplate();
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** Starts a timer for each table, the first loads spread over a second. */
    void schedule(Collection<TableOptions> tables) throws Exception {
        int delay = 0;
        for (TableOptions table : tables) {
            TemplatedRouteBuilder.builder(main.getCamelContext(), "table-timer")
                    .routeId("timer-" + table.table())
                    .parameter("table", table.table())
                    .parameter("period", String.valueOf(table.schedule().toMillis()))
                    .parameter("delay", String.valueOf(1 + delay++ * 1000 / tables.size()))
                    .add();
        }
    }

    /** Loads one table now, on the calling thread. */
    LoadResult load(LoadRequest request) {
        return template.requestBody("direct:load-table", request, LoadResult.class);
    }

    /** Stops between chunks; a chunk that takes longer than the timeout is rolled back. It may not have started yet. */
    @Override
    public void close() {
        if (main.getCamelContext() != null) {
            main.getCamelContext().stop();
        }
        meters.close();
    }

    private void bindBeans(Databases databases, LoadServices services) {
        Chunks chunks = new Chunks(services);
        Loads loads = new Loads(services, chunks);
        FailureSteps failure = new FailureSteps(loads);
        main.bind("source", databases.source());
        main.bind("target", databases.target());
        main.bind(
                "chunkTransaction", new SpringTransactionPolicy(new DataSourceTransactionManager(databases.target())));
        main.bind("rawRows", new RawRows());
        main.bind("typedParameters", new TypedParameters());
        main.bind("load", new LoadSteps(loads));
        main.bind("chunk", new ChunkSteps(chunks, loads));
        main.bind("failure", failure);
        main.bind("sayRetrying", (Processor) failure::retrying);
        main.bind("queue", new LoadQueue());
        main.bind(MicrometerConstants.METRICS_REGISTRY_NAME, meters);
    }

    private void configure(Settings settings) {
        main.setPropertyPlaceholderLocations("false");
        main.configure()
                .withRoutesIncludePattern("file:" + settings.routesDirectory().toAbsolutePath() + "/*.yaml")
                .withShutdownTimeout(SHUTDOWN_TIMEOUT)
                .withShutdownLogInflightExchangesOnTimeout(false);
        main.addInitialProperty("camel.main.name", "postgres-loader");
        // A lone RowMapperFactory or DataSource in the registry would be wired into every sql: endpoint.
        main.addInitialProperty("camel.component.sql.autowired-enabled", "false");
        main.addInitialProperty("loader.workers", String.valueOf(settings.workers()));
        main.addInitialProperty("loader.retries", String.valueOf(settings.retries()));
        main.addInitialProperty("loader.retry_delay", "1000");
        main.addInitialProperty("loader.retry_delay_max", "30000");
        main.addInitialProperty("target.schema.quoted", Identifiers.postgres(settings.targetSchema()));
    }
}
