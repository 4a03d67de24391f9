package io.postgresloader.app;

import io.postgresloader.camel.AdoptionSteps;
import io.postgresloader.camel.ChunkSteps;
import io.postgresloader.camel.ChunkTransaction;
import io.postgresloader.camel.DeadLetterSteps;
import io.postgresloader.camel.FailureSteps;
import io.postgresloader.camel.LoadGate;
import io.postgresloader.camel.LoadQueue;
import io.postgresloader.camel.LoadSteps;
import io.postgresloader.camel.MonitoringMeters;
import io.postgresloader.camel.PausedTables;
import io.postgresloader.camel.RawRows;
import io.postgresloader.camel.ReconcileSteps;
import io.postgresloader.camel.RetentionSteps;
import io.postgresloader.camel.TableTimers;
import io.postgresloader.camel.TypedParameters;
import io.postgresloader.camel.UnchangedSteps;
import io.postgresloader.camel.Webhook;
import io.postgresloader.camel.notify.ChangeSteps;
import io.postgresloader.camel.notify.NotifyBeans;
import io.postgresloader.camel.operate.OperatorSteps;
import io.postgresloader.camel.reload.Reload;
import io.postgresloader.camel.reload.Reloads;
import io.postgresloader.camel.reload.RouteDirectory;
import io.postgresloader.camel.reload.RouteProblem;
import io.postgresloader.camel.reload.RouteReload;
import io.postgresloader.camel.reload.RunningRoutes;
import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.TableChecks;
import io.postgresloader.load.run.Chunks;
import io.postgresloader.load.run.Claims;
import io.postgresloader.load.run.Loads;
import io.postgresloader.load.run.Replays;
import io.postgresloader.load.run.UnchangedTables;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.tracking.Monitoring;
import io.postgresloader.tracking.PauseRecords;
import io.postgresloader.tracking.Retention;
import io.postgresloader.verify.AdoptionRun;
import io.postgresloader.verify.ExtraRows;
import io.postgresloader.verify.Reconciler;
import io.postgresloader.verify.Reconciliation;
import io.postgresloader.verify.RecordedVerify;
import io.postgresloader.verify.Verifier;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The Camel context with all routes. All beans that route files refer to are bound here. */
public final class Loader implements AutoCloseable {
    /** In seconds. Containers are killed after ten seconds. */
    private static final int SHUTDOWN_TIMEOUT = 6;

    /** The endpoint that takes a load request and queues it for a worker. */
    private static final String REQUESTS = "direct:request-load";

    private final Main main = new Main();
    private final LoadGate gate = new LoadGate();
    private final Reconciler reconciler;
    private final RecordedVerify verify;
    private final Replays replays;
    private final AdoptionSteps adoption;
    private final RetentionSteps retention;
    private final Map<String, Object> beans;
    private final RouteDirectory directory;
    private final Reloads reloads;
    private final PausedTables paused;
    private final LoadQueue queue;
    private TableTimers timers;
    private RunningRoutes running;
    private ProducerTemplate template;
    private final Meters meters;

    /**
     * @param camelProperties Camel's own settings, {@code camel.*}
     * @param meters closed with the loader; if nothing reads them, there are no MBeans of Camel either
     */
    Loader(
            Settings settings,
            Map<String, String> camelProperties,
            Databases databases,
            LoadServices services,
            Meters meters) {
        this.meters = meters;
        paused = new PausedTables(new PauseRecords(databases.warehouse()));
        queue = new LoadQueue(gate, this::wants, request -> template.sendBody(REQUESTS, request), services);
        Verifier verifier = new Verifier(services, () -> main.getCamelContext().isStopping() || gate.breaksOff());
        ExtraRows extraRows = new ExtraRows(services);
        verify = new RecordedVerify(verifier, services);
        replays = new Replays(services.deadLetters(), this::load);
        reconciler = new Reconciler(services, verifier, extraRows, this::load);
        adoption = new AdoptionSteps(new AdoptionRun(services, verifier, extraRows, this::load));
        retention = new RetentionSteps(new Retention(databases.warehouse()), settings.retention());
        MonitoringMeters.bind(new Monitoring(databases.warehouse()), meters.all());
        beans = new HashMap<>(beans(databases, services));
        beans.putAll(NotifyBeans.of(
                settings.notifications(),
                databases.source(),
                databases.warehouse(),
                services.catalog(),
                () -> main.getCamelContext().isStopping()));
        beans.forEach(main::bind);
        directory = new RouteDirectory(settings.files().routes());
        reloads = new Reloads(meters.all());
        configure(settings);
        camelProperties.forEach(main::addInitialProperty);
    }

    /**
     * Starts all routes except the timers of the tables.
     *
     * @throws ConfigurationException if a route file is invalid
     */
    public void start() throws Exception {
        main.init();
        CamelContext context = main.getCamelContext();
        // Errors in a route can then name the line.
        context.setSourceLocationEnabled(true);
        timers = new TableTimers(context);
        running = new RunningRoutes((ModelCamelContext) context, timers);
        try {
            running.begin(directory.read().values(), beans);
            main.start();
        } catch (RouteProblem e) {
            throw unusable(e);
        } catch (RuntimeException e) {
            RouteProblem problem = running.blame(e);
            throw problem.file().isEmpty() ? e : unusable(problem);
        }
        template = main.getCamelTemplate();
    }

    private ConfigurationException unusable(RouteProblem problem) {
        return new ConfigurationException(List.of(new ConfigurationProblem(
                directory.path().resolve(problem.file()).toString(),
                problem.line(),
                "route",
                problem.getMessage(),
                "fix the file, or restore the one shipped with the loader")));
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** The timers of the tables; no timer runs before it is scheduled. */
    TableTimers timers() {
        return timers;
    }

    PausedTables paused() {
        return paused;
    }

    /** Whether a table is to be loaded on schedule. */
    private boolean wants(String table) {
        return timers.has(table) && !paused.contains(table);
    }

    LoadQueue queue() {
        return queue;
    }

    ProducerTemplate template() {
        return template;
    }

    Reloads reloads() {
        return reloads;
    }

    Meters meters() {
        return meters;
    }

    /** Reloads route files after they were saved. */
    Reload routeReload() {
        return new RouteReload(directory, running, gate, context(), beans, reloads);
    }

    /**
     * Records those of the requested loads that have nothing to read, with a few statements for all of them.
     *
     * @return their results by table; the other requests are left to {@link #load}
     */
    Map<String, LoadResult> recordUnchanged(List<LoadRequest> requests) {
        // Route files of an earlier version have no such route.
        if (context().getRoute("record-unchanged") == null) {
            return Map.of();
        }
        List<?> recorded = template.requestBody("direct:record-unchanged", requests, List.class);
        return recorded.stream().map(LoadResult.class::cast).collect(Collectors.toMap(LoadResult::table, load -> load));
    }

    /** Loads one table now, on the calling thread. */
    LoadResult load(LoadRequest request) {
        return template.requestBody("direct:load-table", request, LoadResult.class);
    }

    /**
     * Compares one table with the source and repairs it, on the calling thread; empty if the result cannot be recorded.
     */
    Optional<Reconciliation> reconcile(String table, String reason) {
        Object answer = template.requestBodyAndHeader("direct:reconcile-table", table, ReconcileSteps.REASON, reason);
        return answer instanceof Reconciliation done ? Optional.of(done) : Optional.empty();
    }

    /** The results of the adoptions since the start: tables that another loader had filled. */
    List<Reconciliation> adopted() {
        return adoption.done();
    }

    /** Removes expired rows from the tracking tables now. */
    void removeOld() {
        retention.remove();
    }

    /**
     * Tells of changes now, as far as the channels take messages; the next loader tells the others. Never fails.
     *
     * @param limit for each channel
     */
    void tellChanges(Duration limit) {
        new LastMessages(template, limit).send((ChangeSteps) beans.get("changes"));
    }

    /** The tables whose reconcile is due, each with the reason. */
    Map<String, String> reconcilesDue() {
        return reconciler.due();
    }

    /** Stops after the current chunks; a chunk that takes longer than the timeout is rolled back. */
    @Override
    public void close() {
        CamelContext context = main.getCamelContext();
        // There is no context if the process is stopped during the start.
        if (context != null) {
            context.stop();
        }
        meters.close();
    }

    private Map<String, Object> beans(Databases databases, LoadServices services) {
        Chunks chunks = new Chunks(services);
        ChunkSteps chunk = new ChunkSteps(chunks, gate);
        TableChecks checks = new TableChecks(services);
        FailureSteps failure = new FailureSteps(meters.all(), gate);
        return Map.ofEntries(
                Map.entry("source", databases.source().dataSource()),
                Map.entry("target", databases.warehouse().dataSource()),
                Map.entry(
                        "chunkTransaction",
                        new ChunkTransaction(new DataSourceTransactionManager(
                                databases.warehouse().dataSource()))),
                Map.entry("rawRows", new RawRows(services.settings().loading().packets())),
                Map.entry("typedParameters", new TypedParameters()),
                Map.entry(
                        "load",
                        new LoadSteps(new Claims(services), new Loads(services, checks), chunks, services.running())),
                Map.entry("unchanged", new UnchangedSteps(new UnchangedTables(services, checks))),
                Map.entry("gathered", new GroupedBodyAggregationStrategy()),
                Map.entry("chunk", chunk),
                Map.entry("chunkResults", (AggregationStrategy) chunk::add),
                Map.entry("failure", failure),
                Map.entry("sayRetrying", (Processor) failure::retrying),
                Map.entry("deadLetters", new DeadLetterSteps()),
                Map.entry("queue", queue),
                Map.entry("rounds", services.cycles()),
                Map.entry("adoption", adoption),
                Map.entry("retention", retention),
                Map.entry("reconcile", new ReconcileSteps(reconciler, gate, this::wants)),
                Map.entry("operator", new OperatorSteps(verify, replays, gate)),
                Map.entry("webhook", new Webhook(System.getenv())),
                Map.entry(MicrometerConstants.METRICS_REGISTRY_NAME, meters.all()));
    }

    private void configure(Settings settings) {
        main.setPropertyPlaceholderLocations("false");
        main.configure().withJmxEnabled(meters.areRead());
        main.configure().withShutdownTimeout(SHUTDOWN_TIMEOUT).withShutdownLogInflightExchangesOnTimeout(false);
        CamelProperties.of(settings).forEach(main::addInitialProperty);
    }
}
