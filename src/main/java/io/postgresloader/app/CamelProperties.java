package io.postgresloader.app;

import io.postgresloader.config.settings.Settings;
import io.postgresloader.sql.Identifiers;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Camel is told, and what route files may name as {@code {{name}}}. */
final class CamelProperties {
    private CamelProperties() {}

    /** All properties by name; a file of settings may override those that begin with {@code camel.}. */
    static Map<String, String> of(Settings settings) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("camel.main.name", "postgres-loader");
        // Camel's own checks count exchanges, and report a route as down that was stopped on purpose.
        properties.put("camel.health.routes-enabled", "false");
        properties.put("camel.health.consumers-enabled", "false");
        properties.put("camel.health.producers-enabled", "false");
        // Otherwise Camel wires a single RowMapperFactory or DataSource of the registry into every sql: endpoint.
        properties.put("camel.component.sql.autowired-enabled", "false");
        // Otherwise Camel commits after a batch, unless a route is "transacted": in the middle of a chunk's
        // transaction.
        properties.put("camel.component.sql.batch-auto-commit-disabled", "false");
        properties.put("loader.workers", String.valueOf(settings.loading().workers()));
        properties.put("loader.retries", String.valueOf(settings.loading().retries()));
        properties.put("loader.retry_delay", "1000");
        properties.put("loader.retry_delay_max", "30000");
        properties.put("loader.reconcile_poll", "10000");
        properties.put("loader.gather", "500");
        properties.put(
                "notify.period",
                String.valueOf(settings.notifications().period().toMillis()));
        properties.put("target.schema.quoted", Identifiers.postgres(settings.targetSchema()));
        return properties;
    }
}
