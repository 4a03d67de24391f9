package io.postgresloader.app;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.settings.Configuration;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogCheck;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.database.Warehouse;
import io.postgresloader.load.LoadServices;
import io.postgresloader.model.TableOptions;
import io.postgresloader.source.SourceSchema;
import io.postgresloader.tracking.LoadStatusTable;
import io.postgresloader.tracking.Monitoring;
import io.postgresloader.tracking.TrackingSchema;
import io.postgresloader.tracking.TrackingSetup;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every command begins with: configuration read and checked, databases reached, tracking tables up to date. */
public final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Configuration configuration;
    private final UnaryOperator<TableOptions> change;
    private final Databases databases;
    private volatile Catalog catalog;

    private Session(
            Configuration configuration, UnaryOperator<TableOptions> change, Databases databases, Catalog catalog) {
        this.configuration = configuration;
        this.change = change;
        this.databases = databases;
        this.catalog = catalog;
    }

    /**
     * @throws ConfigurationException when the table list is wrong in itself or does not fit the source
     * @throws UnreachableException when a database cannot be used
     */
    static Session open(Configuration configuration) {
        return open(configuration, UnaryOperator.identity());
    }

    /** Likewise, with the options of every table changed by {@code change}. */
    public static Session open(Configuration configuration, UnaryOperator<TableOptions> change) {
        Settings settings = configuration.settings();
        Catalog catalog = read(settings, change);
        if (!catalog.ignoredKeys().isEmpty()) {
            LOG.info("{}: keys that mean nothing here: {}", catalog.file(), String.join(", ", catalog.ignoredKeys()));
        }
        Databases databases = Databases.open(settings);
        try {
            CatalogCheck.against(catalog, new SourceSchema(databases.source()).tables());
            trackingTables(databases, catalog);
            new Monitoring(databases.warehouse()).configured(catalog.tables().keySet());
            return new Session(configuration, change, databases, catalog);
        } catch (RuntimeException e) {
            databases.close();
            throw e;
        }
    }

    /** Those of another loader are copied first, as init does; otherwise a missing row is just added. */
    private static void trackingTables(Databases databases, Catalog catalog) {
        Warehouse warehouse = databases.warehouse();
        if (TrackingSchema.current(warehouse)) {
            TrackingSchema.migrate(warehouse);
            new LoadStatusTable(warehouse).createMissing(catalog.tables().keySet());
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
     * The table list as it is saved now.
     *
     * @throws ConfigurationException when it is wrong in itself
     */
    Catalog saved() {
        return read(settings(), change);
    }

    private static Catalog read(Settings settings, UnaryOperator<TableOptions> change) {
        return CatalogReader.read(settings.files().tables()).with(change);
    }

    /** Puts another list into force; loads that run end with the options that they began with. */
    void use(Catalog changed) {
        catalog = changed;
    }

    Databases databases() {
        return databases;
    }

    LoadServices services() {
        return LoadServices.of(settings(), this::catalog, databases.source(), databases.warehouse());
    }

    /**
     * A Camel context with all routes, not yet started.
     *
     * @throws ConfigurationException when there are no routes
     */
    public Loader loader() {
        RouteFiles.require(settings().files().routes());
        return new Loader(settings(), configuration.camel(), databases, services());
    }

    @Override
    public void close() {
        databases.close();
    }
}
