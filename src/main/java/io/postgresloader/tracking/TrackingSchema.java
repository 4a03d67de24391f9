package io.postgresloader.tracking;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Creates the schema and the tracking tables, and brings older ones up to date. */
public final class TrackingSchema {
    private TrackingSchema() {}

    /**
     * Runs the migrations that have not run yet. Tables that users made before are extended by our columns and keep
     * their rows.
     */
    public static void migrate(DataSource target, String schema) {
        Flyway.configure(TrackingSchema.class.getClassLoader())
                .dataSource(target)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(true)
                .table("etl_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}
