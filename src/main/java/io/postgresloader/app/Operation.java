package io.postgresloader.app;

import io.postgresloader.camel.TableTimers;
import io.postgresloader.camel.operate.Answering;
import io.postgresloader.camel.operate.ClockStepWatch;
import io.postgresloader.camel.operate.CompleteAnswers;
import io.postgresloader.camel.operate.HealthChecks;
import io.postgresloader.camel.operate.JmxOverHttp;
import io.postgresloader.camel.operate.LoaderBean;
import io.postgresloader.camel.operate.LoaderMBeans;
import io.postgresloader.camel.operate.LoaderNow;
import io.postgresloader.camel.operate.ManagementServer;
import io.postgresloader.camel.operate.ProcessMeters;
import io.postgresloader.camel.operate.StatusAnswers;
import io.postgresloader.camel.operate.TableMeters;
import io.postgresloader.camel.reload.CatalogReload;
import io.postgresloader.camel.reload.ReloadWatch;
import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.settings.Setting;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.monitor.DatabaseAnswer;
import io.postgresloader.monitor.FreshnessMonitor;
import io.postgresloader.monitor.StatusDocuments;
import io.postgresloader.monitor.StatusWatch;
import io.postgresloader.monitor.TableHealthMonitor;
import io.postgresloader.source.SourceStates;
import io.postgresloader.sql.Frames;
import io.postgresloader.tracking.FreshnessReport;
import io.postgresloader.tracking.StatusReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running loader with its timers, reload, health checks, metrics and MBeans. */
public final class Operation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Operation.class);

    private final Session session;
    private final Loader loader;
    private final TableMeters tableMeters;
    private final LoaderMBeans beans;
    private final ReloadWatch watch;
    /** The last part started is the first one closed. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /**
     * @param loader a started loader
     * @throws ConfigurationException if a port is not available
     */
    public static Operation start(Session session, Loader loader) throws Exception {
        Operation operation = new Operation(session, loader);
        try {
            operation.begin();
            return operation;
        } catch (Exception e) {
            operation.close();
            throw e;
        }
    }

    /**
     * Checks, before any long work, that the configured ports are available.
     *
     * @throws ConfigurationException if a port is not available
     */
    public static void requireAddresses(Settings settings) {
        Settings.Management management = settings.management();
        if (management.on() && !free(management.host(), management.port())) {
            throw taken(Setting.MANAGEMENT_PORT, management.host(), management.port());
        }
        Settings.Jolokia jolokia = settings.jolokia();
        if (jolokia.on() && !free(jolokia.host(), jolokia.port())) {
            throw taken(Setting.JOLOKIA_PORT, jolokia.host(), jolokia.port());
        }
    }

    /** Whether this process can listen on this port now. */
    public static boolean free(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Operation(Session session, Loader loader) {
        this.session = session;
        this.loader = loader;
        Settings settings = session.settings();
        Databases databases = session.databases();
        TableTimers timers = loader.timers();
        TableHealthMonitor monitor = new TableHealthMonitor(
                new StatusReport(databases.warehouse()), session::catalog, new SourceStates(databases.source()));
        DatabaseAnswer source = new DatabaseAnswer("source", databases.source().dataSource());
        DatabaseAnswer target =
                new DatabaseAnswer("target", databases.warehouse().dataSource());
        new HealthChecks(
                        timers,
                        loader.paused(),
                        monitor,
                        loader.reloads(),
                        settings.management().acceptedDeadLetters())
                .register(loader.context(), source, target);
        loader.meters().ofProcess(databases);
        new ProcessMeters(loader.meters().all())
                .ofDatabases(source, target)
                .ofConnections(databases.warehouse())
                .ofLoads(loader.queue())
                .ofReloads(loader.reloads());
        tableMeters = new TableMeters(
                monitor,
                new FreshnessMonitor(new FreshnessReport(databases.warehouse()), session::catalog),
                timers::outOfPatience,
                loader.meters().all());
        watch = new ReloadWatch(List.of(
                loader.routeReload(),
                new CatalogReload(session.services(), session::saved, this::use, timers, loader.reloads())));
        Optional<ReloadWatch> reload = settings.files().reload() ? Optional.of(watch) : Optional.empty();
        beans = new LoaderMBeans(
                new LoaderBean(timers, loader.paused(), loader.queue(), loader.template(), loader.reloads(), reload),
                loader.paused(),
                monitor);
        parts.push(beans);
        // Closed first: a reload in progress registers MBeans.
        parts.push(watch);
    }

    private void begin() throws Exception {
        Settings settings = session.settings();
        show(session.catalog());
        if (settings.management().on()) {
            parts.push(management(loader, settings.management(), answers(session, loader)));
        }
        if (settings.jolokia().on()) {
            parts.push(jolokia(settings.jolokia()));
        }
        loader.timers().schedule(session.catalog().tables().values());
        parts.push(ClockStepWatch.start(loader.context()));
        if (settings.files().reload()) {
            watch.start();
        }
    }

    /** What is answered over HTTP in addition to health and metrics, by route. */
    static Map<String, Answering> answers(Session session, Loader loader) {
        StatusWatch status = statusWatch(session, loader);
        StatusAnswers json = new StatusAnswers(status);
        Map<String, Answering> answers =
                new HashMap<>(StatusPages.of(session, status).routes());
        answers.put(
                ManagementServer.COMPLETE,
                new CompleteAnswers(session.databases().warehouse(), session::catalog));
        answers.put(ManagementServer.STATUS, json::all);
        answers.put(ManagementServer.TABLE_STATUS, json::table);
        return answers;
    }

    private static StatusWatch statusWatch(Session session, Loader loader) {
        Settings settings = session.settings();
        return new StatusWatch(
                session.databases().warehouse(),
                settings.management().deadLetterKeys(),
                new SourceStates(session.databases().source()),
                new StatusDocuments(settings.source().database()),
                session::catalog,
                new LoaderNow(
                        Version.number(),
                        settings.loading().workers(),
                        session.running(),
                        loader.queue(),
                        loader.reloads()));
    }

    /** Reloads the saved files now. */
    void reloadNow() throws Exception {
        watch.reloadNow();
    }

    /**
     * Closes all parts. A part that fails to close does not keep the others open, since the loads must still be
     * stopped.
     */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} could not be closed: {}", part.getClass().getSimpleName(), Frames.of(e));
            }
        }
    }

    private void use(Catalog catalog) {
        session.use(catalog);
        show(catalog);
    }

    private void show(Catalog catalog) {
        Set<String> tables = catalog.tables().keySet();
        tableMeters.show(tables);
        beans.show(tables);
    }

    private static ManagementServer management(
            Loader loader, Settings.Management settings, Map<String, Answering> answers) {
        try {
            return ManagementServer.start(
                    settings.host(),
                    settings.port(),
                    loader.context(),
                    loader.meters().prometheus(),
                    answers);
        } catch (IOException e) {
            throw taken(Setting.MANAGEMENT_PORT, settings.host(), settings.port());
        }
    }

    private static JmxOverHttp jolokia(Settings.Jolokia settings) {
        try {
            return JmxOverHttp.start(settings);
        } catch (IOException e) {
            throw taken(Setting.JOLOKIA_PORT, settings.host(), settings.port());
        }
    }

    private static ConfigurationException taken(Setting setting, String host, int port) {
        return new ConfigurationException(List.of(new ConfigurationProblem(
                "settings",
                0,
                setting.property(),
                "cannot listen on " + host + ":" + port,
                "port " + port + " is already in use, or the host is not an address of this machine; set "
                        + setting.variable() + " to another port, or to 0 to turn it off")));
    }
}
