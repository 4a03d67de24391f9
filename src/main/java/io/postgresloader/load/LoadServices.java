package io.postgresloader.load;

import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.database.Source;
import io.postgresloader.database.Warehouse;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.progress.RunningWork;
import io.postgresloader.source.PageSize;
import io.postgresloader.source.SourceClock;
import io.postgresloader.source.SourceQueries;
import io.postgresloader.source.SourceRows;
import io.postgresloader.source.SourceSchema;
import io.postgresloader.source.SourceStates;
import io.postgresloader.target.TargetTables;
import io.postgresloader.tracking.DeadLetterTable;
import io.postgresloader.tracking.LoadStatusTable;
import io.postgresloader.tracking.ReconcileRecords;
import io.postgresloader.tracking.SchemaVersions;
import java.util.function.Supplier;

/**
 * The services that all loads share.
 *
 * @param catalog supplies the table list that is currently active
 * @param cycles the ids of loads that belong together
 * @param running the work that runs now
 */
public record LoadServices(
        Settings settings,
        Supplier<Catalog> catalog,
        Source source,
        Warehouse warehouse,
        SourceSchema sourceSchema,
        SourceQueries sourceQueries,
        SourceRows sourceRows,
        SourceClock sourceClock,
        SourceStates sourceStates,
        TargetTables targetTables,
        LoadStatusTable loadStatus,
        DeadLetterTable deadLetters,
        SchemaVersions schemaVersions,
        ReconcileRecords reconcileRecords,
        Cycles cycles,
        RunningWork running) {

    /** The services of a command whose loads and comparisons are one cycle. */
    public static LoadServices of(Settings settings, Supplier<Catalog> catalog, Source source, Warehouse warehouse) {
        return of(settings, catalog, source, warehouse, Cycles.ofCommand(), new RunningWork());
    }

    public static LoadServices of(
            Settings settings,
            Supplier<Catalog> catalog,
            Source source,
            Warehouse warehouse,
            Cycles cycles,
            RunningWork running) {
        return new LoadServices(
                settings,
                catalog,
                source,
                warehouse,
                new SourceSchema(source),
                new SourceQueries(source),
                new SourceRows(source, settings.loading().packets()),
                new SourceClock(source),
                new SourceStates(source),
                new TargetTables(warehouse),
                new LoadStatusTable(warehouse),
                new DeadLetterTable(warehouse),
                new SchemaVersions(warehouse),
                new ReconcileRecords(warehouse),
                cycles,
                running);
    }

    /**
     * The size of the first page of a table.
     *
     * @param table as the source declares it
     */
    public PageSize firstPage(SourceTable table) {
        Settings.Loading loading = settings.loading();
        return PageSize.of(
                loading.pageRows(), loading.pageShare(catalog.get().tables().size()), table, loading.scanLimit());
    }
}
