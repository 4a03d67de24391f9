package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** Creates the schema and the tracking tables, and brings older ones up to date. */
public final class TrackingSchema {
    /** Without this view, the tracking tables are those of another loader, or of an early version of this one. */
    private static final String OURS = "etl_monitoring";

    /** What the newest migration with a table or view creates. */
    private static final String NEWEST = "etl_notification";

    /** In etl_table_metrics: rows of ours, not of the loader that had the table before. */
    static final String OUR_METRICS = "(load_type IS NOT NULL OR pipeline_id = 'not begun')";

    static final String MIGRATIONS = "db/migration";

    /** The version of the newest migration. */
    static final String VERSION = "16";

    /** Flyway's list of the migrations that have run. */
    private static final String HISTORY = "etl_schema_history";

    private TrackingSchema() {}

    /** Whether the tracking tables of this loader are there, perhaps those of an earlier version. */
    public static boolean current(Warehouse warehouse) {
        return has(warehouse, OURS);
    }

    /** Whether the tracking tables are there and as this version needs them. */
    public static boolean complete(Warehouse warehouse) {
        return has(warehouse, NEWEST);
    }

    private static boolean has(Warehouse warehouse, String relation) {
        return warehouse
                .jdbc()
                .sql("SELECT to_regclass(?) IS NOT NULL")
                .param(warehouse.table(relation))
                .query(Boolean.class)
                .single();
    }

    /** As {@link #migrate}, but does not start Flyway, which takes long, if the newest migration has run. */
    public static void update(Warehouse warehouse) {
        if (!has(warehouse, HISTORY) || !newestHasRun(warehouse)) {
            migrate(warehouse);
        }
    }

    private static boolean newestHasRun(Warehouse warehouse) {
        return warehouse
                .jdbc()
                .sql("SELECT EXISTS (SELECT FROM " + warehouse.table(HISTORY) + " WHERE version = ? AND success)")
                .param(VERSION)
                .query(Boolean.class)
                .single();
    }

    /**
     * Runs the migrations that have not run yet. Tables that users made before are extended by our columns and keep
     * their rows.
     */
    public static void migrate(Warehouse warehouse) {
        flyway(warehouse).migrate();
    }

    /** The migrations that have not run yet, in order. Each may run again: what is there already stays. */
    static List<String> pending(Warehouse warehouse) {
        return Stream.of(flyway(warehouse).info().pending())
                .map(MigrationInfo::getScript)
                .map(TrackingSchema::read)
                .toList();
    }

    private static String read(String script) {
        try (InputStream stream = TrackingSchema.class.getResourceAsStream("/" + MIGRATIONS + "/" + script)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Flyway flyway(Warehouse warehouse) {
        return Flyway.configure(TrackingSchema.class.getClassLoader())
                .dataSource(warehouse.dataSource())
                .schemas(warehouse.schema())
                .defaultSchema(warehouse.schema())
                .createSchemas(true)
                .table(HISTORY)
                .placeholderReplacement(false)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations("classpath:" + MIGRATIONS)
                .load();
    }
}
