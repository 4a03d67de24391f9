package io.postgresloader.tracking;

import io.postgresloader.sql.Identifiers;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Creates the schema and the tracking tables, and brings older ones up to date. */
public final class TrackingSchema {
    private TrackingSchema() {}

    /** Whether the tracking tables are there and as this version needs them. */
    public static boolean current(DataSource target, String schema) {
        return JdbcClient.create(target)
                .sql("SELECT count(*) = 2 FROM pg_attribute WHERE attrelid = to_regclass(?)"
                        + " AND attname IN ('source_origin', 'source_state')")
                .param(Identifiers.postgres(schema, "etl_load_status"))
                .query(Boolean.class)
                .single();
    }

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
                .placeholderReplacement(false)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}
