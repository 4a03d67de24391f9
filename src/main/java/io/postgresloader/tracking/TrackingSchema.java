package io.postgresloader.tracking;

import io.postgresloader.sql.Identifiers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Creates the schema and the tracking tables, and brings older ones up to date. */
public final class TrackingSchema {
    /** What the newest migration creates. */
    private static final String NEWEST = "etl_monitoring";

    /** In etl_table_metrics: rows of ours, not of the loader that had the table before. */
    static final String OUR_METRICS = "(load_type IS NOT NULL OR pipeline_id = 'not begun')";

    private static final String MIGRATIONS = "db/migration";

    private TrackingSchema() {}

    /** Whether the tracking tables are there and as this version needs them. */
    public static boolean current(DataSource target, String schema) {
        return JdbcClient.create(target)
                .sql("SELECT to_regclass(?) IS NOT NULL")
                .param(Identifiers.postgres(schema, NEWEST))
                .query(Boolean.class)
                .single();
    }

    /**
     * Runs the migrations that have not run yet. Tables that users made before are extended by our columns and keep
     * their rows.
     */
    public static void migrate(DataSource target, String schema) {
        flyway(target, schema).migrate();
    }

    /** The migrations that have not run yet, in order. Each may run again: what is there already stays. */
    static List<String> pending(DataSource target, String schema) {
        return Stream.of(flyway(target, schema).info().pending())
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

    private static Flyway flyway(DataSource target, String schema) {
        return Flyway.configure(TrackingSchema.class.getClassLoader())
                .dataSource(target)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(true)
                .table("etl_schema_history")
                .placeholderReplacement(false)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations("classpath:" + MIGRATIONS)
                .load();
    }
}
