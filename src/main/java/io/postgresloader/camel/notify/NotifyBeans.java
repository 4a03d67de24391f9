package io.postgresloader.camel.notify;

import io.postgresloader.config.settings.NotifySettings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.database.Source;
import io.postgresloader.database.Warehouse;
import io.postgresloader.monitor.DatabaseAnswer;
import io.postgresloader.monitor.change.ChangeWatch;
import io.postgresloader.tracking.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The beans of the routes {@code watch-changes} and {@code notify}. */
public final class NotifyBeans {
    private NotifyBeans() {}

    /**
     * By name.
     *
     * @param stopping whether the loader stops
     */
    public static Map<String, Object> of(
            NotifySettings settings,
            Source source,
            Warehouse warehouse,
            Supplier<Catalog> catalog,
            BooleanSupplier stopping) {
        DatabaseAnswer answer = new DatabaseAnswer("source", source.dataSource(), Duration.ZERO);
        ChangeWatch watch = new ChangeWatch(settings, warehouse, catalog, () -> silence(answer));
        return Map.of(
                "changes",
                new ChangeSteps(watch, settings.on() ? settings.channels() : List.of()),
                "outbox",
                new OutboxSteps(new Outbox(warehouse), settings.period(), stopping),
                "webhookChannel",
                new WebhookChannel(settings.webhook()),
                "mailChannel",
                new MailChannel(settings.mail()));
    }

    /** Why the source does not answer; empty: it does. */
    private static Optional<String> silence(DatabaseAnswer source) {
        if (source.answers()) {
            return Optional.empty();
        }
        return Optional.of(
                source.refusesLogin()
                        ? "its login is refused; check SOURCE_USER and SOURCE_PASSWORD"
                        : "it does not answer; tables are loaded again when it does");
    }
}
