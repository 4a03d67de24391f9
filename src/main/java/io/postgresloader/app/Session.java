package io.postgresloader.app;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.settings.Configuration;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.database.Warehouse;
import io.postgresloader.load.Cycles;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.SourceCheck;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.progress.RunningWork;
import io.postgresloader.source.SourceCompression;
import io.postgresloader.source.SourceSchema;
import io.postgresloader.target.TargetEncoding;
import io.postgresloader.tracking.LoadStatusTable;
import io.postgresloader.tracking.Monitoring;
import io.postgresloader.tracking.TrackingSchema;
import io.postgresloader.tracking.TrackingSetup;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state that every command starts from: a checked configuration, open connection pools, and current tracking
 * tables.
 */
public final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Configuration configuration;
    private final UnaryOperator<TableOptions> change;
    private final Databases databases;
    private final Cycles cycles = Cycles.ofCommand();
    private final RunningWork running = new RunningWork();
    private volatile Catalog catalog;
    private Optional<GracefulStop> onSignal = Optional.empty();

    private Session(
            Configuration configuration, UnaryOperator<TableOptions> change, Databases databases, Catalog catalog) {
        this.configuration = configuration;
        this.change = change;
        this.databases = databases;
        this.catalog = catalog;
    }

    /**
     * @throws ConfigurationException if the table list is invalid or does not match the source
     * @throws UnreachableException if a database is not available
     */
    static Session open(Configuration configuration) {
        return open(configuration, UnaryOperator.identity());
    }

    /** Opens a session in which {@code change} is applied to the options of every table. */
    public static Session open(Configuration configuration, UnaryOperator<TableOptions> change) {
        Session session = begin(configuration, change);
        try {
            session.connect();
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * A session whose databases are not contacted before {@link #connect}.
     *
     * @throws ConfigurationException if the table list is invalid
     */
    static Session begin(Configuration configuration) {
        return begin(configuration, UnaryOperator.identity());
    }

    private static Session begin(Configuration configuration, UnaryOperator<TableOptions> change) {
        Settings settings = configuration.settings();
        Catalog catalog = read(settings, change);
        if (!catalog.ignoredKeys().isEmpty()) {
            LOG.info("{}: ignored keys: {}", catalog.file(), String.join(", ", catalog.ignoredKeys()));
        }
        return new Session(configuration, change, Databases.notContacted(settings), catalog);
    }

    /**
     * Checks both databases, and prepares the tracking tables.
     *
     * @throws ConfigurationException if the table list does not match the source
     * @throws UnreachableException if a database is not available
     */
    void connect() {
        databases.connect();
        TargetEncoding.warning(databases.warehouse()).ifPresent(LOG::warn);
        if (settings().source().compressed()) {
            SourceCompression.warning(databases.source()).ifPresent(LOG::warn);
        }
        databases.requireWritable();
        SourceCheck.requireAny(catalog, new SourceSchema(databases.source()));
        trackingTables(databases, catalog);
        new Monitoring(databases.warehouse()).configured(catalog.reconciled());
    }

    /**
     * Backs up and extends the tracking tables of another loader, as {@code init} does. Otherwise only adds missing
     * rows.
     */
    private static void trackingTables(Databases databases, Catalog catalog) {
        Warehouse warehouse = databases.warehouse();
        if (TrackingSchema.current(warehouse)) {
            TrackingSchema.update(warehouse);
            new LoadStatusTable(warehouse).createMissing(catalog.tables().keySet());
            new LoadStatusTable(warehouse).interruptLost();
        } else {
            TrackingSetup setup = TrackingSetup.of(warehouse, catalog.tables().keySet());
            setup.run(warehouse);
            setup.found().forEach(LOG::info);
            setup.backups().forEach(name -> LOG.info("Backed up as {}.{}", warehouse.schema(), name));
        }
    }

    public Settings settings() {
        return configuration.settings();
    }

    public Catalog catalog() {
        return catalog;
    }

    /**
     * Reads the table list from its file.
     *
     * @throws ConfigurationException if the list is invalid
     */
    Catalog saved() {
        return read(settings(), change);
    }

    private static Catalog read(Settings settings, UnaryOperator<TableOptions> change) {
        return CatalogReader.read(settings.files().tables()).with(change);
    }

    /** Replaces the table list. Running loads keep the options that they started with. */
    void use(Catalog changed) {
        catalog = changed;
    }

    Databases databases() {
        return databases;
    }

    /** The loads, comparisons and adoptions that this process does now. */
    public RunningWork running() {
        return running;
    }

    /** The line of output by which scripts find what this command did in {@code etl_table_metrics}. */
    String cycleLine() {
        return "cycle_id: " + cycles.of("").orElseThrow();
    }

    LoadServices services() {
        return services(cycles);
    }

    private LoadServices services(Cycles ofLoads) {
        return LoadServices.of(settings(), this::catalog, databases.source(), databases.warehouse(), ofLoads, running);
    }

    /**
     * A Camel context with all routes, not started.
     *
     * @throws ConfigurationException if there are no route files
     */
    public Loader loader() {
        return loader(Cycles.ofRounds(), Meters.published());
    }

    /**
     * As {@link #loader()}, for a command that ends with its loads: without MBeans and meters, which cost a quarter of
     * its start, and which nobody would read.
     *
     * @throws ConfigurationException if there are no route files
     */
    Loader briefLoader() {
        return loader(cycles, Meters.none());
    }

    private Loader loader(Cycles ofLoads, Meters meters) {
        RouteFiles.require(settings().files().routes());
        return new Loader(settings(), configuration.camel(), databases, services(ofLoads), meters);
    }

    /** Runs {@code stop} on SIGTERM and SIGINT, until the session is closed. */
    void onSignal(Runnable stop) {
        onSignal = Optional.of(GracefulStop.on(stop));
    }

    @Override
    public void close() {
        onSignal.ifPresent(GracefulStop::cancel);
        databases.close();
    }
}
