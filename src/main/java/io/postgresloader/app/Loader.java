package io.postgresloader.app;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;
import io.postgresloader.camel.AdoptionSteps;
import io.postgresloader.camel.ChunkSteps;
import io.postgresloader.camel.FailureSteps;
import io.postgresloader.camel.LoadGate;
import io.postgresloader.camel.LoadQueue;
import io.postgresloader.camel.LoadSteps;
import io.postgresloader.camel.MonitoringMeters;
import io.postgresloader.camel.RawRows;
import io.postgresloader.camel.ReconcileSteps;
import io.postgresloader.camel.RetentionSteps;
import io.postgresloader.camel.RouteReload;
import io.postgresloader.camel.RouteText;
import io.postgresloader.camel.TypedParameters;
import io.postgresloader.config.Settings;
import io.postgresloader.load.Chunks;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.Loads;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.TableOptions;
import io.postgresloader.sql.Identifiers;
import io.postgresloader.tracking.Monitoring;
import io.postgresloader.tracking.Retention;
import io.postgresloader.verify.ExtraRows;
import io.postgresloader.verify.Reconciler;
import io.postgresloader.verify.Reconciliation;
import io.postgresloader.verify.TakeOver;
import io.postgresloader.verify.Verifier;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The routes in a running Camel context: everything that route files name is bound here. */
final class Loader implements AutoCloseable {
    /** Seconds; a container kills after ten. */
    private static final int SHUTDOWN_TIMEOUT = 6;

    private final Main main = new Main();
    private final LoadGate gate = new LoadGate();
    private final Reconciler reconciler;
    private final AdoptionSteps adoption;
    private final RetentionSteps retention;
    private final Map<String, Object> beans;
    private final Path routes;
    private ProducerTemplate template;
    private final MeterRegistry meters = new JmxMeterRegistry(JmxConfig.DEFAULT, Clock.SYSTEM);

    /** @param camelProperties settings of Camel itself, {@code camel.*} */
    Loader(Settings settings, Map<String, String> camelProperties, Databases databases, LoadServices services) {
        Verifier verifier = new Verifier(
                services, databases.source(), () -> main.getCamelContext().isStopping());
        ExtraRows extraRows = new ExtraRows(services, databases.source());
        reconciler = new Reconciler(services, verifier, extraRows, this::loadPassingGate);
        adoption = new AdoptionSteps(new TakeOver(services, verifier, extraRows, this::load));
        retention =
                new RetentionSteps(new Retention(databases.target(), settings.targetSchema()), settings.retention());
        MonitoringMeters.bind(new Monitoring(databases.target(), settings.targetSchema()), meters);
        beans = beans(databases, services);
        beans.forEach(main::bind);
        routes = settings.routesDirectory();
        configure(settings);
        camelProperties.forEach(main::addInitialProperty);
    }

    /** From its start on, a route is replaced when its file is saved. */
    Loader reloading() {
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                try {
                    configured.getCamelContext().addService(new RouteReload(routes, gate, beans));
                } catch (Exception e) {
                    throw new IllegalStateException("the directory " + routes + " cannot be watched", e);
                }
            }
        });
        return this;
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
                    .routeId("timer-" + RouteText.encode(table.table()))
                    .parameter("table", RouteText.encode(table.table()))
                    .parameter("period", String.valueOf(table.schedule().toMillis()))
                    .parameter("delay", String.valueOf(1 + delay++ * 1000 / tables.size()))
                    .add();
        }
    }

    /** Loads one table now, on the calling thread. */
    LoadResult load(LoadRequest request) {
        return template.requestBody("direct:load-table", request, LoadResult.class);
    }

    /** Compares one table with the source and mends it now, on the calling thread; empty when even that cannot be recorded. */
    Optional<Reconciliation> reconcile(String table, String reason) {
        Object answer = template.requestBodyAndHeader("direct:reconcile-table", table, ReconcileSteps.REASON, reason);
        return answer instanceof Reconciliation done ? Optional.of(done) : Optional.empty();
    }

    /** What came of the tables that were taken over from another loader since the start. */
    List<Reconciliation> takenOver() {
        return adoption.done();
    }

    /** Removes old rows of the tracking tables now. */
    void removeOld() {
        retention.remove();
    }

    /** The tables whose turn it is to be compared, each with the reason. */
    Map<String, String> reconcilesDue() {
        return reconciler.due();
    }

    /** Stops between chunks; a chunk that takes longer than the timeout is rolled back. */
    @Override
    public void close() {
        CamelContext context = main.getCamelContext();
        // None when the process is stopped while it still starts.
        if (context != null) {
            context.stop();
        }
        meters.close();
    }

    /** A reconcile loads for itself; a route is not replaced meanwhile. */
    private LoadResult loadPassingGate(LoadRequest request) {
        gate.enter();
        try {
            return load(request);
        } finally {
            gate.leave();
        }
    }

    private Map<String, Object> beans(Databases databases, LoadServices services) {
        Chunks chunks = new Chunks(services);
        Loads loads = new Loads(services, chunks);
        FailureSteps failure = new FailureSteps(loads);
        return Map.ofEntries(
                Map.entry("source", databases.source()),
                Map.entry("target", databases.target()),
                Map.entry(
                        "chunkTransaction",
                        new SpringTransactionPolicy(new DataSourceTransactionManager(databases.target()))),
                Map.entry("rawRows", new RawRows()),
                Map.entry("typedParameters", new TypedParameters()),
                Map.entry("load", new LoadSteps(loads)),
                Map.entry("chunk", new ChunkSteps(chunks, loads)),
                Map.entry("failure", failure),
                Map.entry("sayRetrying", (Processor) failure::retrying),
                Map.entry("queue", new LoadQueue(gate)),
                Map.entry("adoption", adoption),
                Map.entry("retention", retention),
                Map.entry("reconcile", new ReconcileSteps(reconciler)),
                Map.entry(MicrometerConstants.METRICS_REGISTRY_NAME, meters));
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
        main.addInitialProperty("loader.reconcile_poll", "10000");
        main.addInitialProperty("target.schema.quoted", Identifiers.postgres(settings.targetSchema()));
    }
}
